namespace Fpe.Tables;

/// <summary>What is done with a category that the training rows do not have.</summary>
public enum UnknownCategory
{
    /// <summary>It is an <see cref="UnknownCategoryException"/>.</summary>
    Refuse,

    /// <summary>
    /// All such categories are one category of their own, the last one. It is learned if <see cref="CategoryColumns.MinimumCount"/> makes
    /// rare categories of the training rows unknown; otherwise its weights stay as they are drawn.
    /// </summary>
    OwnCategory,
}

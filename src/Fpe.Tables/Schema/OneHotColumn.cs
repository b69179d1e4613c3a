namespace Fpe.Tables;

/// <summary>A column of categories, which becomes a value for each category: 1 for that of the row, 0 for all others.</summary>
public sealed class OneHotColumn : CategoryColumns
{
    /// <summary>Creates the feature.</summary>
    /// <param name="name">The name of the column.</param>
    public OneHotColumn(string name)
        : base([name])
    {
    }

    /// <summary>Gets the categories in the order of their values; null for those of the training rows, in ordinal order.</summary>
    public IReadOnlyList<string>? Categories
    {
        get => Known?[0];
        init => Known = value is null ? null : [value];
    }

    internal OneHotColumn WithCategories(IReadOnlyList<IReadOnlyList<string>> known) =>
        new(Names[0]) { Missing = Missing, Unknown = Unknown, Known = known };

    internal override FeatureEncoding Encode(Table? train) => new OneHotEncoding(this, CategoriesOf(0, train));
}

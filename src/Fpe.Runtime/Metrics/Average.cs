namespace Fpe.Metrics;

/// <summary>Specifies how the values of several classes become one.</summary>
public enum Average
{
    /// <summary>The mean over classes, each counting alike.</summary>
    Macro,

    /// <summary>The value of the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over classes, each counting with its number of samples.</summary>
    Weighted,
}

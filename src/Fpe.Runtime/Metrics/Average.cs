namespace Fpe.Metrics;

/// <summary>Specifies how the values of several classes become one.</summary>
public enum Average
{
    /// <summary>The mean over classes, all with the same weight.</summary>
    Macro,

    /// <summary>The value computed from the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over classes, weighted by their numbers of samples.</summary>
    Weighted,
}

namespace Samples.Paper.Claims;

/// <summary>What the runs say of a claim.</summary>
internal enum Verdict
{
    /// <summary>There are too few runs to say.</summary>
    NotTested,

    /// <summary>The whole interval is where the claim wants it.</summary>
    Reproduced,

    /// <summary>The whole interval is where the claim does not want it.</summary>
    Contradicted,

    /// <summary>Neither: the interval is too wide, and more seeds would tell.</summary>
    Undecided,
}

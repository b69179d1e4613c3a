namespace Samples.Paper.Claims;

/// <summary>The verdict of the runs on a claim.</summary>
internal enum Verdict
{
    /// <summary>There are too few runs to decide.</summary>
    NotTested,

    /// <summary>The whole interval satisfies the claim.</summary>
    Reproduced,

    /// <summary>The whole interval contradicts the claim.</summary>
    Contradicted,

    /// <summary>Neither: the interval is too wide, so more seeds are needed.</summary>
    Undecided,
}

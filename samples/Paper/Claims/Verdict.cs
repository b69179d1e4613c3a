namespace Samples.Paper.Claims;

/// <summary>What the runs say of a claim.</summary>
internal enum Verdict
{
    /// <summary>There are too few runs to say.</summary>
    NotTested,

    /// <summary>The runs show what is claimed.</summary>
    Reproduced,

    /// <summary>The runs do not show what is claimed; the effect says whether they show the contrary.</summary>
    NotReproduced,
}

namespace Samples.Paper.Claims;

/// <summary>The origin of a claim.</summary>
internal enum ClaimOrigin
{
    /// <summary>The paper.</summary>
    Paper,

    /// <summary>This project.</summary>
    Ours,
}

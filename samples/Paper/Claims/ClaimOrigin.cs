namespace Samples.Paper.Claims;

/// <summary>Who makes a claim.</summary>
internal enum ClaimOrigin
{
    /// <summary>The paper.</summary>
    Paper,

    /// <summary>This project.</summary>
    Ours,
}

namespace Samples.Paper.Claims;

/// <summary>A line of the claims table: a claim and the finding of the runs on one task.</summary>
internal sealed record ClaimFinding
{
    /// <summary>Identifies the claim: <c>gain-random</c>. Several tasks may have findings on it.</summary>
    public required string Id { get; init; }

    /// <summary>The origin of the claim.</summary>
    public required ClaimOrigin Origin { get; init; }

    /// <summary>The claim in a sentence.</summary>
    public required string Claim { get; init; }

    /// <summary>The task: an experiment's name, with what was fixed.</summary>
    public required string Task { get; init; }

    /// <summary>The verdict of the runs.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The effect that decided; null if nothing was tested.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Seeds, or pairs of runs, that would decide at the observed spread; null if no number would, or nothing was tested.</summary>
    public int? CountToDecide { get; init; }

    /// <summary>The description of the rule that decides.</summary>
    public required string Rule { get; init; }
}

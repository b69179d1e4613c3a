namespace Samples.Paper.Claims;

/// <summary>A line of the claims table: a claim, and what the runs say of it on one task.</summary>
internal sealed record ClaimFinding
{
    /// <summary>Identifies the claim: <c>gain-random</c>. Several tasks may have findings on it.</summary>
    public required string Id { get; init; }

    /// <summary>Who claims it.</summary>
    public required ClaimOrigin Origin { get; init; }

    /// <summary>The claim in a sentence.</summary>
    public required string Claim { get; init; }

    /// <summary>The task: an experiment's name, with what was fixed.</summary>
    public required string Task { get; init; }

    /// <summary>What the runs say.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The effect that decided; null where nothing was tested.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Seeds, or pairs of runs, that would decide at the spread that was observed; null if no number would, or nothing was tested.</summary>
    public int? CountToDecide { get; init; }

    /// <summary>The rule that decides, in words.</summary>
    public required string Rule { get; init; }
}

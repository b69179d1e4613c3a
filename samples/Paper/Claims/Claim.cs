using Samples.Paper.Comparisons;

namespace Samples.Paper.Claims;

/// <summary>A claim, and the rule by which runs decide on it.</summary>
/// <param name="Id">Identifier of the claim.</param>
/// <param name="Origin">Origin of the claim.</param>
/// <param name="Text">The claim in a sentence.</param>
/// <param name="Experiments">The experiments it is about.</param>
/// <param name="Measure">The effect in an experiment; null if there are too few runs.</param>
/// <param name="Rule">The rule that the effect must satisfy.</param>
internal sealed record Claim(
    string Id, ClaimOrigin Origin, string Text, IReadOnlyList<string> Experiments, Func<ExperimentRuns, Effect?> Measure, DecisionRule Rule)
{
    /// <summary>Returns the finding of the runs of an experiment.</summary>
    public ClaimFinding Examine(ExperimentRuns runs)
    {
        Effect? effect = Measure(runs);
        return new ClaimFinding
        {
            Id = Id,
            Origin = Origin,
            Claim = Text,
            Task = runs.Experiment,
            Verdict = effect is null ? Verdict.NotTested : Rule.Decide(effect),
            Effect = effect,
            CountToDecide = effect is null ? null : Rule.CountToDecide(effect),
            Rule = Rule.Description,
        };
    }

    /// <summary>
    /// Returns the findings on all claims about the experiments of the runs: one per experiment, and a single one for all experiments on
    /// which a claim was not tested.
    /// </summary>
    public static IReadOnlyList<ClaimFinding> Examine(RunTable table) =>
        [.. PaperClaims.All.Concat(OwnClaims.All).Concat(LearnedClaims.All).SelectMany(claim => claim.ExamineAll(table))];

    private ClaimFinding[] ExamineAll(RunTable table)
    {
        ClaimFinding[] findings = [.. table.Experiments.Where(Experiments.Contains).Select(experiment => Examine(new ExperimentRuns(table, experiment)))];
        ClaimFinding[] open = [.. findings.Where(finding => finding.Verdict == Verdict.NotTested)];
        return open.Length == 0
            ? findings
            : [.. findings.Except(open), open[0] with { Task = string.Join(", ", open.Select(finding => finding.Task)) }];
    }
}

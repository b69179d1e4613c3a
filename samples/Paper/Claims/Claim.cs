using Samples.Paper.Comparisons;

namespace Samples.Paper.Claims;

/// <summary>A claim, and the rule by which runs decide on it.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Origin">Who makes it.</param>
/// <param name="Text">The claim in a sentence.</param>
/// <param name="Experiments">The experiments it is about.</param>
/// <param name="Measure">The effect in an experiment; null where there are too few runs.</param>
/// <param name="Rule">What the effect has to be like.</param>
internal sealed record Claim(
    string Id, ClaimOrigin Origin, string Text, IReadOnlyList<string> Experiments, Func<ExperimentRuns, Effect?> Measure, DecisionRule Rule)
{
    /// <summary>What the runs of an experiment say.</summary>
    public ClaimFinding Examine(ExperimentRuns runs)
    {
        Effect? effect = Measure(runs);
        return new ClaimFinding
        {
            Id = Id,
            Origin = Origin,
            Claim = Text,
            Task = runs.Experiment,
            Verdict = effect is null ? Verdict.NotTested : Rule.Holds(effect) ? Verdict.Reproduced : Verdict.NotReproduced,
            Effect = effect,
            Rule = Rule.Description,
        };
    }

    /// <summary>What runs say of all claims about their experiments.</summary>
    public static IReadOnlyList<ClaimFinding> Examine(RunTable table) =>
    [
        .. from claim in PaperClaims.All.Concat(OwnClaims.All)
           from experiment in table.Experiments
           where claim.Experiments.Contains(experiment)
           select claim.Examine(new ExperimentRuns(table, experiment)),
    ];
}

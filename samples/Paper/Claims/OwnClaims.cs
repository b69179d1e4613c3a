using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Claims;

/// <summary>The claims and questions of this project beyond the paper.</summary>
internal static class OwnClaims
{
    /// <summary>All experiments.</summary>
    public static IReadOnlyList<string> Everywhere { get; } = ["boolean", "fashion", "cnn", "resnet", "embeddings", "deep", "sections", "grams", "encoder"];

    private static readonly string[] Convolutions = ["resnet"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        Ours("share-no-worse", "Partitions shared by 16 neurons are no worse than one for each.",
            runs => ToRandom(runs, Ways.IsRandom(shared: true, dealt: false)), DecisionRule.NoWorse),
        Ours("deal-no-worse", "Dealing outgoing edges is no worse than pruning.",
            runs => ToRandom(runs, Ways.IsRandom(shared: false, dealt: true)), DecisionRule.NoWorse),
        Ours("deal-share-no-worse", "Dealing with shared partitions is no worse than pruning without.",
            runs => ToRandom(runs, Ways.IsRandom(shared: true, dealt: true)), DecisionRule.NoWorse),
        Ours("beats-static-sparse", "The random split beats a static random sparse network of its width and count.", BeatsStaticSparse, DecisionRule.Above),
        Ours("beats-dense-1.2", "The random split beats a dense network with 1.2 times its weights.", runs => BeatsWider(runs, 1.2), DecisionRule.Above),
        Ours("beats-dense-2", "The random split beats a dense network with twice its weights.", runs => BeatsWider(runs, 2), DecisionRule.Above),
        Ours("tied-bias-no-worse", "Children that share one bias are no worse.",
            runs => ToRandom(runs, Ways.Is(Method.TiedBias)), DecisionRule.NoWorse),
        Ours("early-no-worse", "A split at the start is no worse than the latest split.", EarlyAgainstLate, DecisionRule.NoWorse),
        new("convolutions-gain", ClaimOrigin.Ours, "The random split of convolutions beats the dense parent.", Convolutions,
            runs => ToDense(runs, Method.Random), DecisionRule.Above),
        new("learned-convolutions-gain", ClaimOrigin.Ours, "Convolutions whose edges are learned by pruning beat the dense parent.", Convolutions,
            runs => ToDense(runs, Method.Learned), DecisionRule.Above),
        new("coverage-correlates", ClaimOrigin.Ours, "The more clauses random children cover, the more accuracy is gained.", ["boolean"],
            runs => runs.CorrelationWithGain(runs.Usual(Ways.Is(Method.Random)), (run, _) => run.Clauses is { } clauses ? clauses.Covered : 0), DecisionRule.Above),
    ];

    private static Claim Ours(string id, string text, Func<ExperimentRuns, Effect?> measure, DecisionRule rule) =>
        new(id, ClaimOrigin.Ours, text, Everywhere, measure, rule);

    private static Effect? ToRandom(ExperimentRuns runs, Func<Variant, bool> way) => runs.Difference(
        runs.Usual(way).Select(contender => (contender, contender with { Variant = Random(contender.Variant) })));

    private static Effect? ToDense(ExperimentRuns runs, Method method) =>
        runs.Difference(runs.Usual(Ways.Is(method)).Select(contender => (contender, contender.Dense)));

    private static Variant Random(Variant variant) => new() { Method = Method.Random, Factor = variant.Factor, ExpandAfter = variant.ExpandAfter };

    private static Effect? BeatsStaticSparse(ExperimentRuns runs) => runs.Difference(
        from random in runs.Usual(Ways.Is(Method.Random))
        from sparse in runs.Any(Ways.Is(Method.StaticSparse))
        where random.Setting == sparse.Setting && random.Variant.Factor == sparse.Variant.Factor
        select (random, sparse));

    private static Effect? BeatsWider(ExperimentRuns runs, double ratio) => runs.Difference(
        from random in runs.Usual(Ways.Is(Method.Random))
        from wider in runs.Any(variant => variant.Method == Method.WiderDense && variant.WeightRatio == ratio)
        where random.Setting == wider.Setting
        select (random, wider));

    private static Effect? EarlyAgainstLate(ExperimentRuns runs) => runs.Difference(
        from early in runs.Any(variant => Ways.IsSplit(variant) && variant.ExpandAfter == 0)
        let late = runs.Any(Ways.IsSplit)
            .Where(other => other.Setting == early.Setting && other.Variant with { ExpandAfter = 0 } == early.Variant)
            .MaxBy(other => other.Variant.ExpandAfter)
        where late != early
        select (early, late));
}

using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Claims;

/// <summary>
/// The claims and questions of this project about learned edges. The best of several networks is the one with the highest mean accuracy in
/// its setting, regardless of its factor and the time of its split.
/// </summary>
internal static class LearnedClaims
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        Ours("learned-beats-split", "Edges learned by pruning beat the best split at the same count.",
            runs => OfBest(runs, Ways.Is(Method.Learned), Ways.IsSplit), DecisionRule.Above),
        Ours("exchange-beats-split", "Edges learned by exchange (RigL) beat the best split at the same count.",
            runs => OfBest(runs, Ways.Is(Method.Rigl), Ways.IsSplit), DecisionRule.Above),
        Ours("pruning-beats-exchange", "Edges learned by pruning beat those learned by exchange (RigL).",
            runs => OfBest(runs, Ways.Is(Method.Learned), Ways.Is(Method.Rigl)), DecisionRule.Above),
        Ours("gradients-beat-chance", "Exchange for edges of large gradients (RigL) beats exchange for random ones (SET).",
            runs => runs.Difference(Pairs(runs, Method.Rigl, Method.Set)), DecisionRule.Above),
        Ours("split-start-no-worse", "Exchange from a split is no worse than exchange from random edges.",
            runs => runs.Difference(Pairs(runs, Method.SplitRigl, Method.Rigl)), DecisionRule.NoWorse),
        Ours("blocks-keep-half", "Learned in blocks, more than half of the gain over the dense parent is left (by how much).", BlocksKeepHalf, DecisionRule.Above),
        Ours("pattern-no-worse", "A random split with an N:M pattern is no worse than one without.", PatternAgainstNone, DecisionRule.NoWorse),
        Ours("learned-beats-linear", "Edges learned by pruning beat a linear model that is pruned to the same count.",
            runs => OfBest(runs, Ways.Is(Method.Learned), Ways.Is(Method.LinearPruned)), DecisionRule.Above),
        Ours("skip-helps", "A skip that is pruned along improves learned edges at the same count.",
            runs => OfBest(runs, Ways.Is(Method.LearnedSkip), Ways.Is(Method.Learned)), DecisionRule.Above),
        Ours("skip-beats-linear", "Learned edges with a skip beat a linear model that is pruned to the same count.",
            runs => OfBest(runs, Ways.Is(Method.LearnedSkip), Ways.Is(Method.LinearPruned)), DecisionRule.Above),
        Ours("linear-beats-split", "A linear model that is pruned to the same count beats the best split.",
            runs => OfBest(runs, Ways.Is(Method.LinearPruned), Ways.IsSplit), DecisionRule.Above),
    ];

    private static Claim Ours(string id, string text, Func<ExperimentRuns, Effect?> measure, DecisionRule rule) =>
        new(id, ClaimOrigin.Ours, text, OwnClaims.Everywhere, measure, rule);

    private static Effect? OfBest(ExperimentRuns runs, Func<Variant, bool> first, Func<Variant, bool> second) => runs.Difference(
        from one in runs.BestOfEach(first)
        from other in runs.BestOfEach(second)
        where one.Setting == other.Setting
        select (one, other));

    private static IEnumerable<(Contender First, Contender Second)> Pairs(ExperimentRuns runs, Method first, Method second) =>
        from one in runs.Any(Ways.Is(first))
        from other in runs.Any(Ways.Is(second))
        where one.Setting == other.Setting && one.Variant.Factor == other.Variant.Factor
        select (one, other);

    private static Effect? BlocksKeepHalf(ExperimentRuns runs)
    {
        (Contender Blocks, Contender Single)[] pairs =
        [
            .. from blocks in runs.Any(variant => variant is { Method: Method.Learned, Share: > 1, Within: 0 })
               let single = blocks with { Variant = blocks.Variant with { Share = 1 } }
               where runs.Has(single) && runs.Has(blocks.Dense)
               select (blocks, single),
        ];
        double? Beyond((Contender Blocks, Contender Single) pair, long seed) =>
            runs.Table.Difference(pair.Blocks, pair.Blocks.Dense, seed) - (runs.Table.Difference(pair.Single, pair.Single.Dense, seed) / 2);
        return pairs.Length == 0 ? null : runs.OverSeeds(seed => ExperimentRuns.Mean(pairs.Select(pair => Beyond(pair, seed))));
    }

    private static Effect? PatternAgainstNone(ExperimentRuns runs) => runs.Difference(
        runs.Usual(variant => variant is { Method: Method.Random, Within: > 0 }).Select(contender => (contender, contender with { Variant = contender.Variant with { Within = 0 } })));
}

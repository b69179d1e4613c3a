using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Claims;

/// <summary>The claims of the paper (arXiv 2510.04500).</summary>
internal static class PaperClaims
{
    private static readonly string[] Boolean = ["boolean"];
    private static readonly string[] Images = ["fashion", "cnn", "embeddings"];
    private static readonly string[] OneLayer = [.. Boolean, .. Images, "sections"];
    private static readonly string[] Everywhere = [.. OneLayer, "deep"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        Gain(Method.Clause, "The clause split beats the dense parent.", Boolean),
        Gain(Method.Random, "The random split beats the dense parent.", Everywhere),
        Gain(Method.Feature, "The feature split beats the dense parent.", OneLayer),
        GrowsWithFactor(Method.Clause, "The gain of the clause split grows from α = 2 to α = 4.", Boolean),
        GrowsWithFactor(Method.Random, "The gain of the random split grows from α = 2 to α = 4.", Everywhere),
        GrowsWithFactor(Method.Feature, "The gain of the feature split grows from α = 2 to α = 4.", OneLayer),
        new("grows-with-clauses", ClaimOrigin.Paper, "The gain grows with the number of clauses (per doubling).", Boolean, GrowthWithClauses, DecisionRule.Above),
        new("saturates", ClaimOrigin.Paper, "That growth ends near 16 clauses: from 16 to 32 the gain grows less than from 8 to 16.", Boolean, Saturation, DecisionRule.Above),
        new("shrinks-with-width", ClaimOrigin.Paper, "The gain shrinks as neurons grow in number (per doubling).", OneLayer, ShrinkageWithWidth, DecisionRule.Below),
        new("feature-as-random", ClaimOrigin.Paper, "On images the feature split is about as good as the random one.", Images,
            runs => Against(runs, Ways.Is(Method.Feature), feature => feature with { Method = Method.Random }), DecisionRule.Equal),
        new("overlap-worse", ClaimOrigin.Paper, "Overlapping splits are worse than disjoint ones.", Everywhere,
            runs => Against(runs, Ways.Is(Method.Overlap), overlap => overlap with { Method = Method.Random }), DecisionRule.Below),
        new("dropconnect-no-better", ClaimOrigin.Paper, "DropConnect at the same budget is no better than the random split.", Everywhere, DropConnect, DecisionRule.NoBetter),
        new("capacity-correlates", ClaimOrigin.Paper, "The more feature capacity rises, the more accuracy is gained.", Everywhere,
            runs => runs.CorrelationWithGain(runs.Any(Ways.IsSplit), (run, dense) => run.Interference.Capacity - dense.Interference.Capacity), DecisionRule.Above),
        new("cosine-correlates", ClaimOrigin.Paper, "The more |cosine| falls, the more accuracy is gained.", Everywhere,
            runs => runs.CorrelationWithGain(runs.Any(Ways.IsSplit), (run, dense) => dense.Interference.AbsoluteCosine - run.Interference.AbsoluteCosine), DecisionRule.Above),
        new("collisions", ClaimOrigin.Paper, "Random splits leave about α^−(2k−1) of the collisions of clauses (measured over expected).", Boolean, Collisions, DecisionRule.NearOne),
    ];

    private static Claim Gain(Method method, string text, string[] experiments) => new(
        $"gain-{Ways.Name(method)}", ClaimOrigin.Paper, text, experiments,
        runs => runs.Difference(runs.Usual(Ways.Is(method)).Select(contender => (contender, contender.Dense))), DecisionRule.Above);

    private static Claim GrowsWithFactor(Method method, string text, string[] experiments) => new(
        $"factor-{Ways.Name(method)}", ClaimOrigin.Paper, text, experiments,
        runs => Against(runs, variant => Ways.Is(method)(variant) && variant.Factor == 4, four => four with { Factor = 2 }), DecisionRule.Above);

    private static Effect? Against(ExperimentRuns runs, Func<Variant, bool> way, Func<Variant, Variant> other) =>
        runs.Difference(runs.Usual(way).Select(contender => (contender, contender with { Variant = other(contender.Variant) })));

    private static Effect? GrowthWithClauses(ExperimentRuns runs) => runs.SlopeOfGain(
        runs.Usual(Ways.IsSplit), setting => setting.Clauses!.Value, contender => (contender.Setting with { Clauses = null }, contender.Variant));

    private static Effect? ShrinkageWithWidth(ExperimentRuns runs) => runs.SlopeOfGain(
        runs.Usual(Ways.IsSplit), setting => setting.Width, contender => (contender.Setting with { Width = 0 }, contender.Variant));

    private static Effect? Saturation(ExperimentRuns runs)
    {
        Contender WithClauses(Contender contender, int clauses) => contender with { Setting = contender.Setting with { Clauses = clauses } };
        Contender[] middle =
        [
            .. from contender in runs.Usual(Ways.IsSplit)
               where contender.Setting.Clauses == 16 && runs.Has(WithClauses(contender, 8)) && runs.Has(WithClauses(contender, 32))
               select contender,
        ];
        double? GainOf(Contender contender, long seed) => runs.Table.Difference(contender, contender.Dense, seed);
        double? Bend(Contender contender, long seed) =>
            (2 * GainOf(contender, seed)) - GainOf(WithClauses(contender, 8), seed) - GainOf(WithClauses(contender, 32), seed);
        return middle.Length == 0 ? null : runs.OverSeeds(seed =>
            middle.All(contender => Bend(contender, seed) is not null) ? middle.Average(contender => Bend(contender, seed)) : null);
    }

    private static Effect? DropConnect(ExperimentRuns runs) => runs.Difference(
        from drop in runs.Any(Ways.Is(Method.DropConnect))
        from random in runs.Usual(Ways.Is(Method.Random))
        where drop.Setting == random.Setting && drop.Variant.Factor == random.Variant.Factor
        select (drop, random));

    private static Effect? Collisions(ExperimentRuns runs)
    {
        Contender[] split = [.. runs.Usual(Ways.Is(Method.Random))];
        double? Ratio(long seed)
        {
            ClauseMeasures?[] measures = [.. split.Select(contender => runs.Table.Runs(contender).GetValueOrDefault(seed)?.Clauses)];
            double expected = measures.Sum(measure => measure?.ExpectedCollisions ?? 0);
            return measures.Contains(null) || !(expected > 0) ? null : measures.Sum(measure => measure!.Collisions) / expected;
        }

        return runs.OverSeeds(Ratio, "ratio");
    }
}

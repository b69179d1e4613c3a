using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Tests.Claims;

/// <summary>Verdicts on results that never were, each made so that one of them is right.</summary>
public class ClaimTests
{
    private static readonly Setting Fashion = MadeUp.Fashion;
    private static readonly Variant Random2 = MadeUp.Expanded(Method.Random);
    private static readonly Variant Random4 = MadeUp.Expanded(Method.Random, factor: 4);
    private static readonly Variant Feature2 = MadeUp.Expanded(Method.Feature);

    [Theory]
    [InlineData(new[] { 82.0, 83, 82.5 }, Verdict.Reproduced)]
    [InlineData(new[] { 78.0, 77, 77.5 }, Verdict.Contradicted)]
    [InlineData(new[] { 82.0, 70, 90 }, Verdict.Undecided)]
    [InlineData(new[] { 82.0, 83 }, Verdict.NotTested)]
    public void A_gain_is_reproduced_if_its_interval_lies_above_zero(double[] accuracies, object verdict)
    {
        ClaimFinding finding = Find("gain-random", [.. Seeds(Fashion, Variant.Dense, [80, 80, 80]), .. Seeds(Fashion, Random2, accuracies)]);

        Assert.Equal(verdict, finding.Verdict);
        Assert.Equal((Verdict)verdict == Verdict.NotTested, finding.Effect is null);
    }

    // Three seeds with +6.8 [−2.6, +16.2] have a deviation of 3.78; t = 3.182 with four of them gives ±6.02.
    [Theory]
    [InlineData(6.8, -2.6, 16.2, 3, "points", 4)]
    [InlineData(0.1, -2.4, 2.6, 3, "points", 392)]
    [InlineData(-6.8, -16.2, 2.6, 3, "points", 4)]
    [InlineData(-0.03, -0.08, 0.01, 1760, "r", 4269)]
    [InlineData(0.0, -2.5, 2.5, 3, "points", null)]
    public void A_wide_interval_says_how_many_seeds_would_decide(double mean, double low, double high, int count, string unit, int? needed)
    {
        var effect = new Effect(mean, low, high, count, unit);
        Assert.Equal(Verdict.Undecided, DecisionRule.Above.Decide(effect));
        Assert.Equal(needed, DecisionRule.Above.CountToDecide(effect));
    }

    [Fact]
    public void Of_two_bounds_the_nearer_one_has_to_be_out_of_reach()
    {
        // deviation 1 / 2.484: t = 2.776 with five seeds gives ±0.5, with six 2.571 and ±0.42
        Effect effect = new(0.05, -0.95, 1.05, 3, "points");
        Assert.Equal(Verdict.Undecided, DecisionRule.Equal.Decide(effect));
        Assert.Equal(6, DecisionRule.Equal.CountToDecide(effect));
        Assert.Equal(Verdict.Contradicted, DecisionRule.Equal.Decide(new Effect(1, 0.6, 1.4, 3, "points")));
        Assert.Equal(Verdict.Contradicted, DecisionRule.Equal.Decide(new Effect(-1, -1.4, -0.6, 3, "points")));
        Assert.Equal(Verdict.Undecided, DecisionRule.NoWorse.Decide(new Effect(-1, -1.6, -0.4, 3, "points")));
    }

    [Fact]
    public void The_effect_is_the_paired_difference_with_its_interval()
    {
        // differences 2, 3 and 4: mean 3, deviation 1, and t = 4.303 for two degrees of freedom
        Effect effect = Find("gain-random", [.. Seeds(Fashion, Variant.Dense, [80, 70, 60]), .. Seeds(Fashion, Random2, [82, 73, 64])]).Effect!;

        Assert.Equal(3, effect.Mean, 9);
        Assert.Equal(3 - (4.302653 / Math.Sqrt(3)), effect.Low, 5);
        Assert.Equal(3 + (4.302653 / Math.Sqrt(3)), effect.High, 5);
        Assert.Equal((3, "points"), (effect.Count, effect.Unit));
    }

    [Fact]
    public void Grounds_are_averaged_seed_by_seed_and_seeds_that_lack_one_are_left_out()
    {
        Setting wide = Fashion with { Width = 64 };
        Effect effect = Find("gain-random",
        [
            .. Seeds(Fashion, Variant.Dense, [80, 80, 80, 80]), .. Seeds(Fashion, Random2, [84, 84, 84, 99]),
            .. Seeds(wide, Variant.Dense, [90, 90, 90]), .. Seeds(wide, Random2, [91, 92, 93]),
        ]).Effect!;

        Assert.Equal(3, effect.Mean, 9);
        Assert.Equal(3, effect.Count);
    }

    [Fact]
    public void Diverged_runs_are_left_out()
    {
        Effect effect = Find("gain-random",
        [
            .. Seeds(Fashion, Variant.Dense, [80, 80, 80, 80]), .. Seeds(Fashion, Random2, [82, 83, 84]), MadeUp.Diverged(Fashion, Random2, seed: 3),
        ]).Effect!;

        Assert.Equal((3.0, 3), (Math.Round(effect.Mean, 9), effect.Count));
    }

    [Fact]
    public void A_gain_is_that_of_the_usual_split()
    {
        Effect effect = Find("gain-random",
        [
            .. Seeds(Fashion, Variant.Dense, [80, 80, 80, 80]), .. Seeds(Fashion, Random2, [82, 83, 84, 83]),
            .. Seeds(Fashion, Random2 with { ExpandAfter = 40 }, [50, 50, 50]), .. Seeds(Fashion, Random2 with { Share = 16 }, [50, 50, 50]),
        ]).Effect!;

        Assert.Equal(3, effect.Mean, 9);
    }

    [Theory]
    [InlineData(new[] { 84.0, 85, 84.4 }, Verdict.Reproduced)]
    [InlineData(new[] { 82.0, 83, 82.4 }, Verdict.Undecided)]
    public void Growth_with_the_factor_compares_four_children_with_two(double[] four, object verdict) => Assert.Equal(
        verdict, Find("factor-random", [.. Seeds(Fashion, Variant.Dense, [80, 80, 80]), .. Seeds(Fashion, Random2, [82, 83, 82.5]), .. Seeds(Fashion, Random4, four)]).Verdict);

    [Fact]
    public void Growth_with_clauses_is_the_slope_per_doubling()
    {
        RunResult[] runs = [.. ByClauses((4, 1), (8, 3), (16, 5), (32, 7))];

        ClaimFinding grows = Find("grows-with-clauses", runs);
        Assert.Equal(Verdict.Reproduced, grows.Verdict);
        Assert.Equal(2, grows.Effect!.Mean, 9);
        Assert.Equal(Verdict.Undecided, Find("saturates", runs).Verdict);
        Assert.Equal(Verdict.NotTested, Find("grows-with-clauses", [.. ByClauses((8, 3))]).Verdict);
    }

    [Fact]
    public void Saturation_is_a_bend_at_sixteen_clauses()
    {
        ClaimFinding saturates = Find("saturates", [.. ByClauses((8, 3), (16, 9), (32, 10))]);

        Assert.Equal(Verdict.Reproduced, saturates.Verdict);
        Assert.Equal(6 - 1, saturates.Effect!.Mean, 9);
    }

    [Fact]
    public void Shrinkage_with_width_is_the_slope_per_doubling()
    {
        ClaimFinding shrinks = Find("shrinks-with-width", [.. Gaining(Fashion with { Width = 4 }, Random2, 3), .. Gaining(Fashion with { Width = 16 }, Random2, 1)]);

        Assert.Equal(Verdict.Reproduced, shrinks.Verdict);
        Assert.Equal(-1, shrinks.Effect!.Mean, 9);
    }

    [Theory]
    [InlineData(new[] { 82.1, 81.9, 82.05 }, Verdict.Reproduced)]
    [InlineData(new[] { 83.1, 82.9, 83.05 }, Verdict.Contradicted)]
    [InlineData(new[] { 80.0, 82, 84 }, Verdict.Undecided)]
    public void Feature_is_as_random_if_the_interval_is_narrow_and_around_zero(double[] feature, object verdict) =>
        Assert.Equal(verdict, Find("feature-as-random", [.. Seeds(Fashion, Random2, [82, 82, 82]), .. Seeds(Fashion, Feature2, feature)]).Verdict);

    [Theory]
    [InlineData("overlap-worse", Method.Overlap, -2, Verdict.Reproduced)]
    [InlineData("overlap-worse", Method.Overlap, 0, Verdict.Contradicted)]
    [InlineData("tied-bias-no-worse", Method.TiedBias, 0, Verdict.Reproduced)]
    [InlineData("tied-bias-no-worse", Method.TiedBias, -2, Verdict.Contradicted)]
    public void Controls_are_compared_with_the_random_split_of_their_factor(string claim, object method, double difference, object verdict) => Assert.Equal(
        verdict,
        Find(claim,
        [
            .. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, Random4, 90, withDense: false),
            .. Gaining(Fashion, MadeUp.Expanded((Method)method), 3 + difference, withDense: false),
        ]).Verdict);

    [Theory]
    [InlineData("dropconnect-no-better", Method.DropConnect, null, 0, Verdict.Reproduced)]
    [InlineData("dropconnect-no-better", Method.DropConnect, null, 2, Verdict.Contradicted)]
    [InlineData("beats-static-sparse", Method.StaticSparse, 0, -2, Verdict.Reproduced)]
    [InlineData("beats-static-sparse", Method.StaticSparse, 0, 0, Verdict.Contradicted)]
    public void Controls_without_the_usual_split_are_found(string claim, object method, int? after, double difference, object verdict) => Assert.Equal(
        verdict,
        Find(claim,
        [
            .. Gaining(Fashion, Random2, 3),
            .. Gaining(Fashion, new Variant { Method = (Method)method, Factor = 2, ExpandAfter = after }, 3 + difference, withDense: false),
        ]).Verdict);

    [Fact]
    public void A_wider_dense_network_is_compared_with_random_splits_of_every_factor()
    {
        var wider = new Variant { Method = Method.WiderDense, WeightRatio = 2 };
        RunResult[] runs = [.. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, Random4, 5, withDense: false), .. Gaining(Fashion, wider, 1, withDense: false)];

        ClaimFinding finding = Find("beats-dense-2", runs);
        Assert.Equal((Verdict.Reproduced, 3.0), (finding.Verdict, Math.Round(finding.Effect!.Mean, 9)));
        Assert.Equal(Verdict.NotTested, Find("beats-dense-1.2", runs).Verdict);
    }

    [Theory]
    [InlineData("share-no-worse", 16, Outgoing.Prune)]
    [InlineData("deal-no-worse", 1, Outgoing.Deal)]
    [InlineData("deal-share-no-worse", 16, Outgoing.Deal)]
    public void Sharing_and_dealing_are_compared_with_neither(string claim, int share, Outgoing outgoing)
    {
        Variant variant = Random2 with { Share = share, Outgoing = outgoing };

        Assert.Equal(Verdict.Reproduced, Find(claim, [.. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, variant, 3, withDense: false)]).Verdict);
        Assert.Equal(Verdict.Contradicted, Find(claim, [.. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, variant, 2, withDense: false)]).Verdict);
    }

    [Fact]
    public void An_early_split_is_compared_with_the_latest()
    {
        RunResult[] Runs(double early) =>
        [
            .. Gaining(Fashion, Random2 with { ExpandAfter = 0 }, early), .. Gaining(Fashion, Random2 with { ExpandAfter = 10 }, 9, withDense: false),
            .. Gaining(Fashion, Random2, 3, withDense: false),
        ];

        Assert.Equal(0, Find("early-no-worse", Runs(3)).Effect!.Mean, 9);
        Assert.Equal(Verdict.Contradicted, Find("early-no-worse", Runs(1)).Verdict);
    }

    [Fact]
    public void Interference_is_correlated_over_pairs_of_runs()
    {
        // capacity rises with the gain, without a fault; |cosine| has nothing to do with it
        RunResult[] runs =
        [
            .. Enumerable.Range(0, 20).SelectMany(seed => (RunResult[])
            [
                MadeUp.Of(Fashion, Variant.Dense, seed, 80, capacity: 0.1, cosine: 0.5),
                MadeUp.Of(Fashion, Random2, seed, 80 + seed, capacity: 0.1 + (0.01 * seed), cosine: seed % 2 * 0.1),
            ]),
        ];

        ClaimFinding capacity = Find("capacity-correlates", runs);
        Assert.Equal((Verdict.Reproduced, "r", 20), (capacity.Verdict, capacity.Effect!.Unit, capacity.Effect.Count));
        Assert.Equal(1, capacity.Effect.Mean, 6);
        Assert.Equal(Verdict.Undecided, Find("cosine-correlates", runs).Verdict);
        Assert.Equal(Verdict.NotTested, Find("capacity-correlates", runs[..18]).Verdict);
    }

    [Theory]
    [InlineData("learned-beats-split", Method.Learned, 9, Verdict.Reproduced)]
    [InlineData("learned-beats-split", Method.Learned, 5, Verdict.Contradicted)]
    [InlineData("exchange-beats-split", Method.Rigl, 9, Verdict.Reproduced)]
    [InlineData("exchange-beats-split", Method.Rigl, 5, Verdict.Contradicted)]
    [InlineData("linear-beats-split", Method.LinearPruned, 9, Verdict.Reproduced)]
    [InlineData("linear-beats-split", Method.LinearPruned, 5, Verdict.Contradicted)]
    public void Learned_edges_are_compared_with_the_best_split_of_any_factor_and_time(string claim, object method, double gain, object verdict)
    {
        // The best split gains 7, and is not of the usual time; a learned network of another factor is worse.
        Variant learned = MadeUp.Expanded((Method)method, 16, after: 0);
        RunResult[] runs =
        [
            .. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, Random4, 4, withDense: false), .. Gaining(Fashion, Random4 with { ExpandAfter = 0 }, 7, withDense: false),
            .. Gaining(Fashion, Random4 with { Within = 8 }, 20, withDense: false),
            .. Gaining(Fashion, learned, gain, withDense: false), .. Gaining(Fashion, learned with { Factor = 4 }, gain - 2, withDense: false),
        ];

        ClaimFinding finding = Find(claim, runs);
        Assert.Equal((verdict, gain - 7), (finding.Verdict, Math.Round(finding.Effect!.Mean, 9)));
    }

    [Theory]
    [InlineData("pruning-beats-exchange", Method.Learned, Method.Rigl, 1, Verdict.Reproduced)]
    [InlineData("pruning-beats-exchange", Method.Learned, Method.Rigl, -1, Verdict.Contradicted)]
    [InlineData("gradients-beat-chance", Method.Rigl, Method.Set, 1, Verdict.Reproduced)]
    [InlineData("gradients-beat-chance", Method.Rigl, Method.Set, -1, Verdict.Contradicted)]
    [InlineData("split-start-no-worse", Method.SplitRigl, Method.Rigl, 0, Verdict.Reproduced)]
    [InlineData("split-start-no-worse", Method.SplitRigl, Method.Rigl, -1, Verdict.Contradicted)]
    [InlineData("learned-beats-linear", Method.Learned, Method.LinearPruned, 1, Verdict.Reproduced)]
    [InlineData("learned-beats-linear", Method.Learned, Method.LinearPruned, -1, Verdict.Contradicted)]
    [InlineData("skip-helps", Method.LearnedSkip, Method.Learned, 1, Verdict.Reproduced)]
    [InlineData("skip-helps", Method.LearnedSkip, Method.Learned, -1, Verdict.Contradicted)]
    [InlineData("skip-beats-linear", Method.LearnedSkip, Method.LinearPruned, 1, Verdict.Reproduced)]
    [InlineData("skip-beats-linear", Method.LearnedSkip, Method.LinearPruned, -1, Verdict.Contradicted)]
    public void Ways_to_learn_edges_are_compared_with_each_other(string claim, object first, object second, double difference, object verdict) => Assert.Equal(
        (verdict, difference),
        Find(claim, [.. Gaining(Fashion, MadeUp.Expanded((Method)first, 4, after: 0), 5 + difference), .. Gaining(Fashion, MadeUp.Expanded((Method)second, 4, after: 0), 5, withDense: false)])
            is var finding ? (finding.Verdict, Math.Round(finding.Effect!.Mean, 9)) : default);

    [Theory]
    [InlineData(4.5, 1.5, Verdict.Reproduced)]
    [InlineData(2.0, -1, Verdict.Contradicted)]
    public void Blocks_keep_half_of_the_gain_if_theirs_is_more_than_half(double gain, double beyond, object verdict)
    {
        Variant learned = MadeUp.Expanded(Method.Learned, 16, after: 0);
        ClaimFinding finding = Find("blocks-keep-half", [.. Gaining(Fashion, learned, 6), .. Gaining(Fashion, learned with { Share = 8 }, gain, withDense: false)]);

        Assert.Equal(verdict, finding.Verdict);
        Assert.Equal(beyond, finding.Effect!.Mean, 0.02);
    }

    [Theory]
    [InlineData(0, Verdict.Reproduced)]
    [InlineData(-2, Verdict.Contradicted)]
    public void A_pattern_is_compared_with_the_split_without(double difference, object verdict) => Assert.Equal(
        verdict, Find("pattern-no-worse", [.. Gaining(Fashion, Random4, 3), .. Gaining(Fashion, Random4 with { Within = 8 }, 3 + difference, withDense: false)]).Verdict);

    [Fact]
    public void Learned_edges_change_no_claim_about_splits()
    {
        RunResult[] splits = [.. Gaining(Fashion, Random2, 3), .. Gaining(Fashion, Random4, 4, withDense: false)];
        RunResult[] more =
        [
            .. splits, .. Gaining(Fashion, MadeUp.Expanded(Method.Learned, 2, after: 0), 20, withDense: false), .. Gaining(Fashion, Random4 with { Within = 8 }, 20, withDense: false),
            .. Gaining(Fashion, MadeUp.Expanded(Method.SplitRigl, 2), 20, withDense: false),
        ];

        Assert.Equal(
            Claim.Examine(new RunTable(splits)).Where(finding => finding.Effect is not null),
            Claim.Examine(new RunTable(more)).Where(finding => finding.Effect is not null && LearnedClaims.All.All(claim => claim.Id != finding.Id)));
    }

    [Fact]
    public void Collisions_are_compared_with_what_is_expected()
    {
        RunResult[] Runs(long collisions) =>
        [
            .. Enumerable.Range(0, 3).Select(seed => WithCollisions(MadeUp.Of(MadeUp.Boolean, MadeUp.Expanded(Method.Random, after: 50), seed, 88), collisions + seed)),
        ];

        ClaimFinding finding = Find("collisions", Runs(9));
        Assert.Equal((Verdict.Reproduced, "ratio", 1.0), (finding.Verdict, finding.Effect!.Unit, Math.Round(finding.Effect.Mean, 9)));
        Assert.Equal(Verdict.Contradicted, Find("collisions", Runs(30)).Verdict);
    }

    [Fact]
    public void Collisions_of_which_none_are_expected_are_not_tested()
    {
        RunResult[] runs = [.. Enumerable.Range(0, 3).Select(seed => WithCollisions(MadeUp.Of(MadeUp.Boolean, MadeUp.Expanded(Method.Random, after: 50), seed, 88), 0, expected: 0))];
        Assert.Equal((Verdict.NotTested, null), (Find("collisions", runs).Verdict, Find("collisions", runs).Effect));
    }

    [Fact]
    public void Only_experiments_that_were_run_have_findings()
    {
        IReadOnlyList<ClaimFinding> findings = Claim.Examine(new RunTable([.. Seeds(Fashion, Variant.Dense, [80])]));

        Assert.All(findings, finding => Assert.Equal(("fashion", Verdict.NotTested), (finding.Task, finding.Verdict)));
        Assert.DoesNotContain(findings, finding => finding.Id is "gain-clause" or "grows-with-clauses");
        Assert.Equal(findings.Count, findings.Select(finding => finding.Id).Distinct().Count());
    }

    private static ClaimFinding Find(string id, RunResult[] runs) => Assert.Single(Claim.Examine(new RunTable(runs)), finding => finding.Id == id);

    private static IEnumerable<RunResult> Seeds(Setting setting, Variant variant, double[] percent) =>
        percent.Select((accuracy, seed) => MadeUp.Of(setting, variant, seed, accuracy));

    // Four seeds with a little noise, which the dense parent has as well, and some of their own.
    private static IEnumerable<RunResult> Gaining(Setting setting, Variant variant, double gain, bool withDense = true)
    {
        double[] noise = [0, 1, -1, 0.5];
        IEnumerable<RunResult> runs = Seeds(setting, variant, [.. noise.Select((points, seed) => 50 + points + gain + (0.01 * (seed % 2)))]);
        if (!withDense)
            return runs;
        return Seeds(setting, Variant.Dense, [.. noise.Select((points, seed) => 50 + points + (0.01 * (seed % 2)))]).Concat(runs);
    }

    private static IEnumerable<RunResult> ByClauses(params (int Clauses, double Gain)[] points) =>
        points.SelectMany(point => Gaining(MadeUp.Boolean with { Clauses = point.Clauses }, MadeUp.Expanded(Method.Clause, after: 50), point.Gain));

    private static RunResult WithCollisions(RunResult run, long collisions, double expected = 10) => run with
    {
        Measurement = run.Measurement! with { Clauses = new ClauseMeasures { Covered = 7, ExpectedCovered = 7, Collisions = collisions, ExpectedCollisions = expected } },
    };
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Clauses;

namespace Fpe.Research.Tests.Clauses;

public sealed class ClauseTheoryTests
{
    [Theory]
    [InlineData(2, 8.0)]
    [InlineData(3, 7.2)]
    [InlineData(4, 5.3)]
    public void Eight_clauses_under_eight_parents_of_two_children(int literals, double expected) =>
        Assert.Equal(expected, Math.Round(new ClauseTheory(2).Covered(Clauses(8, literals), partitions: 8), 1));

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    public void Two_disjoint_clauses_collide_in_a_neuron_with_a_power_of_the_factor(int factor, int literals) =>
        Assert.Equal(Math.Pow(factor, -((2 * literals) - 1)), new ClauseTheory(factor).Collisions(Clauses(2, literals), neurons: 1), 1e-15);

    [Fact]
    public void Small_layers_by_hand()
    {
        // 4 inputs in two children of 2: each of the other 3 inputs is as likely to be an input's companion
        Assert.Equal(1 / 3.0, new ClauseTheory(2, 4).Together(2), 1e-15);
        Assert.Equal(0, new ClauseTheory(2, 4).Together(3));
        // 5 inputs in children of 3 and 2: of 10 pairs, 3 and 1 are together; of 10 triples one
        Assert.Equal(4 / 10.0, new ClauseTheory(2, 5).Together(2), 1e-15);
        Assert.Equal(1 / 10.0, new ClauseTheory(2, 5).Together(3), 1e-15);
        Assert.Equal(1, new ClauseTheory(3, 5).Together(1), 1e-15);
        Assert.Equal(1, new ClauseTheory(1, 5).Together(5), 1e-15);
    }

    [Fact]
    public void Many_inputs_come_near_the_limit()
    {
        Assert.Equal(new ClauseTheory(4).Together(6), new ClauseTheory(4, 1_000_000).Together(6), 1e-7);
        Assert.True(new ClauseTheory(4, 24).Together(6) < new ClauseTheory(4).Together(6));
    }

    [Theory]
    [InlineData(2, 2, 16)]
    [InlineData(2, 3, 24)]
    [InlineData(3, 2, 20)]
    [InlineData(4, 2, 18)]
    public void Drawn_partitions_have_the_expected_counts(int factor, int literals, int inputs)
    {
        const int Parents = 4, Draws = 3000;
        int[][] clauses = Clauses(inputs / literals, literals);
        ParentLayer[] layers =
        [
            new("Hidden", inputs, Parents, new ExpansionPlan(factor), new double[inputs * Parents], new double[Parents]),
            new("Logits", Parents, 1, ExpansionPlan.None, new double[Parents], new double[1]),
        ];
        ClauseCounts[] counts =
            [.. Enumerable.Range(0, Draws).Select(seed => ClauseCounts.Of(SplitExpansion.Default.ExpandLayers(layers, seed)[0].Layout, clauses))];

        var theory = new ClauseTheory(factor, inputs);
        AssertMean(theory.Covered(clauses, Parents), [.. counts.Select(count => (double)count.Covered)]);
        AssertMean(theory.Collisions(clauses, Parents), [.. counts.Select(count => (double)count.Collisions)]);
        AssertMean(Parents * clauses.Sum(clause => theory.Together(clause.Length)), [.. counts.Select(count => (double)count.Held)]);
    }

    [Fact]
    public void Parents_that_share_a_partition_cover_no_more_than_one()
    {
        const int Inputs = 16, Parents = 6, Draws = 2000;
        int[][] clauses = Clauses(8, 2);
        ParentLayer[] layers =
        [
            new("Hidden", Inputs, Parents, new ExpansionPlan(2, Share: 3), new double[Inputs * Parents], new double[Parents]),
            new("Logits", Parents, 1, ExpansionPlan.None, new double[Parents], new double[1]),
        ];
        ClauseCounts[] counts =
            [.. Enumerable.Range(0, Draws).Select(seed => ClauseCounts.Of(SplitExpansion.Default.ExpandLayers(layers, seed)[0].Layout, clauses))];

        var theory = new ClauseTheory(2, Inputs);
        AssertMean(theory.Covered(clauses, partitions: 2), [.. counts.Select(count => (double)count.Covered)]);
        AssertMean(theory.Collisions(clauses, Parents), [.. counts.Select(count => (double)count.Collisions)]);
    }

    [Fact]
    public void Clauses_that_overlap_collide_more_often()
    {
        // three inputs together instead of four
        Assert.Equal(new ClauseTheory(2, 10).Together(3), new ClauseTheory(2, 10).Collisions([[0, 1], [1, 2]], neurons: 1));
    }

    [Fact]
    public void Impossible_partitions_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClauseTheory(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClauseTheory(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClauseTheory(2).Together(0));
    }

    /// <summary>Four standard errors: a right theory fails once in 16,000 fixed seeds.</summary>
    private static void AssertMean(double expected, double[] values)
    {
        var sample = Fpe.Numerics.SampleStatistics.Of(values);
        Assert.InRange(expected, sample.Mean - (4 * sample.StandardError), sample.Mean + (4 * sample.StandardError));
    }

    private static int[][] Clauses(int count, int literals) =>
        [.. Enumerable.Range(0, count).Select(clause => Enumerable.Range(clause * literals, literals).ToArray())];
}

using System.Collections;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Interference;

namespace Fpe.Runtime.Tests.Interference;

public class ClauseCoverageTests
{
    private static readonly IReadOnlyList<IReadOnlyList<int>> Clauses = [[0, 1], [2, 3], [4, 5]];

    [Fact]
    public void Hand_counted_rows()
    {
        EdgeLayout layout = EdgeLayout.OfBlocks(
            EdgeStructure.Sparse, 3, 6, [([0], [0, 1, 2, 3]), ([1], [0, 1, 4]), ([2], [2, 3, 5])]);

        // row 0 reads clauses 0 and 1: one collision; row 1 reads clause 0, row 2 clause 1; nobody reads all of clause 2
        Assert.Equal(new ClauseCoverage(Covered: 2, Collisions: 1), ClauseCoverage.Of(layout, Clauses));
    }

    [Fact]
    public void A_dense_layer_covers_all_and_every_pair_collides_in_every_neuron()
    {
        Assert.Equal(new ClauseCoverage(3, 4 * 3), ClauseCoverage.Of(EdgeLayout.Dense(4, 6), Clauses));
        Assert.Equal(3, ClauseCoverage.ExpectedCovered(3, 2, 4, factor: 1));
        Assert.Equal(12, ClauseCoverage.ExpectedCollisions(3, 2, 4, factor: 1));
    }

    [Fact]
    public void A_hole_is_no_edge()
    {
        EdgeLayout layout = EdgeLayout.OfBlocks(
            EdgeStructure.SharedBlocks, 2, 6, [([0, 1], [0, 1, 2, 3])], kept: new BitArray([true, true, true, true, true, false, true, true]));

        Assert.Equal(new ClauseCoverage(2, 1), ClauseCoverage.Of(layout, Clauses));
        Assert.Equal(1, ClauseCoverage.Of(layout, [[0, 1], [4, 5]]).Covered);
    }

    [Fact]
    public void An_input_that_is_not_there_is_refused() =>
        Assert.Throws<ArgumentException>(() => ClauseCoverage.Of(EdgeLayout.Dense(4, 5), Clauses));

    [Theory]
    [InlineData(2, 8.0)]
    [InlineData(3, 7.2)]
    [InlineData(4, 5.3)]
    public void Expected_coverage_of_eight_clauses_by_eight_neurons_split_in_two(int literals, double covered) =>
        Assert.Equal(covered, ClauseCoverage.ExpectedCovered(8, literals, 8, 2), 0.06);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(2, 4)]
    public void Random_splits_come_near_to_what_is_expected(int literals, int factor)
    {
        const int Clauses = 16;
        const int Neurons = 12;
        IReadOnlyList<IReadOnlyList<int>> clauses = [.. Enumerable.Range(0, Clauses).Select(c => (int[])[.. Enumerable.Range(c * literals, literals)])];
        var plan = new ModelPlan("TestNet", Clauses * literals,
        [
            new LinearPlan("Hidden", Clauses * literals, Neurons, ActivationFunction.Relu) { Expansion = new ExpansionPlan(factor, Outgoing: Outgoing.Deal) },
            new LinearPlan("Logits", Neurons, factor),
        ]);
        ClauseCoverage[] counts = [.. Enumerable.Range(0, 200).Select(seed =>
        {
            using var model = new PlannedModel(plan, seed);
            model.Expand();
            return ClauseCoverage.Of(((Linear)model.Layers[0]).Edges, clauses);
        })];

        // Balanced partitions keep the inputs of a clause together a little less often than independent ones.
        Assert.Equal(ClauseCoverage.ExpectedCovered(Clauses, literals, Neurons, factor), counts.Average(count => count.Covered), 0.06 * Clauses);
        double collisions = ClauseCoverage.ExpectedCollisions(Clauses, literals, Neurons, factor);
        Assert.InRange(counts.Average(count => count.Collisions) / collisions, 0.5, 1.2);
    }
}

using Fpe.Compute;
using Fpe.Research.Clauses;

namespace Fpe.Research.Tests.Clauses;

public sealed class ClauseCountsTests
{
    private static readonly int[][] Pairs = [[0, 1], [2, 3], [4, 5]];

    [Fact]
    public void A_dense_neuron_holds_everything() =>
        // 2 neurons · 3 clauses, and 3 pairs in each neuron
        Assert.Equal(new ClauseCounts(3, 3, 6, 6, 3), ClauseCounts.Of(EdgeLayout.Dense(2, 6), Pairs));

    [Fact]
    public void Layers_by_hand()
    {
        // {0 1 2 3} holds the first two; {4 5} the third; {0 1 2} the first; {1 3 5} none
        Assert.Equal(new ClauseCounts(3, 3, 4, 1, 1), ClauseCounts.Of(Rows([0, 1, 2, 3], [4, 5], [0, 1, 2], [1, 3, 5]), Pairs));
        // the first two collide twice, but are one pair; nobody holds the third
        Assert.Equal(new ClauseCounts(3, 2, 4, 2, 1), ClauseCounts.Of(Rows([0, 1, 2, 3], [0, 1, 2, 3, 5]), Pairs));
        Assert.Equal(new ClauseCounts(3, 0, 0, 0, 0), ClauseCounts.Of(Rows([0, 2, 4], [1, 3, 5]), Pairs));
    }

    [Fact]
    public void Clauses_may_overlap_and_have_several_sizes() =>
        Assert.Equal(new ClauseCounts(3, 2, 2, 1, 1), ClauseCounts.Of(Rows([0, 1, 2], [3]), [[0, 1], [1, 2], [0, 1, 2, 3]]));

    [Fact]
    public void Blocks_are_as_many_neurons_as_rows_and_holes_are_not_read()
    {
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, 3, 6, [([0, 2], [0, 1, 2, 3]), ([1], [4, 5])]);
        Assert.Equal(new ClauseCounts(3, 3, 5, 2, 1), ClauseCounts.Of(layout, Pairs));
        // slots of row 2 are 4 … 7: without column 1 it holds the second clause only
        EdgeLayout pruned = layout.WithHoles(new([true, true, true, true, true, false, true, true, true, true]));
        Assert.Equal(new ClauseCounts(3, 3, 4, 1, 1), ClauseCounts.Of(pruned, Pairs));
    }

    [Fact]
    public void Clauses_that_cannot_be_are_named()
    {
        Assert.StartsWith("Clause 1 has no inputs; remove it.", Refused([[0], []]), StringComparison.Ordinal);
        Assert.StartsWith("Clause 0 has input 6, but the layer has inputs 0 to 5.", Refused([[0, 6]]), StringComparison.Ordinal);

        static string Refused(int[][] clauses) => Assert.Throws<ArgumentException>(() => ClauseCounts.Of(EdgeLayout.Dense(2, 6), clauses)).Message;
    }

    private static EdgeLayout Rows(params int[][] columns) =>
        EdgeLayout.OfBlocks(EdgeStructure.Sparse, columns.Length, 6, [.. columns.Select((own, row) => (new[] { row }, own))]);
}

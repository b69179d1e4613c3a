using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class PrunerTests
{
    [Fact]
    public void Exactly_the_smallest_are_removed_and_later_ones_first_of_equals() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        (int Layer, Edge Edge)[] inOrder = [.. EdgesInOrder(layers)];
        int budget = new RandomStream(chain.Number, RandomPurpose.Synthesis, 1).NextInt32(inOrder.Length + 1);

        var expected = inOrder
            .Select((edge, position) => (edge, position))
            .OrderBy(candidate => Math.Abs(candidate.edge.Edge.Weight))
            .ThenByDescending(candidate => candidate.position)
            .Skip(inOrder.Length - budget)
            .OrderBy(candidate => candidate.position)
            .Select(candidate => candidate.edge);

        Assert.Equal(expected, EdgesInOrder(Prune(layers, budget)));
    });

    /// <summary>Every layer's largest up to its floor, and then the largest of the rest: found one by one.</summary>
    [Fact]
    public void No_layer_falls_below_its_floor_and_the_largest_of_the_rest_are_kept() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        var random = new RandomStream(chain.Number, RandomPurpose.Synthesis, 2);
        long[] floors = [.. layers.Select(layer => (long)random.NextInt32(layer.Layout.EdgeCount + 1))];
        (int Layer, Edge Edge)[] inOrder = [.. EdgesInOrder(layers)];
        int budget = (int)floors.Sum() + random.NextInt32(inOrder.Length - (int)floors.Sum() + 1);

        var left = (long[])floors.Clone();
        var bySize = inOrder.OrderByDescending(candidate => Math.Abs(candidate.Edge.Weight)).ToLookup(candidate => left[candidate.Layer]-- > 0);
        var kept = bySize[true].Concat(bySize[false].Take(budget - bySize[true].Count())).ToHashSet();
        ExpandedLayer[] pruned = Pruner.Prune(layers, budget, floors);

        Assert.Equal(inOrder.Where(kept.Contains), EdgesInOrder(pruned));
        Assert.All(pruned.Zip(floors), layer => Assert.True(layer.First.Layout.EdgeCount >= layer.Second));
    });

    [Fact]
    public void Floors_that_nothing_falls_below_change_nothing() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        int budget = layers.Sum(layer => layer.Layout.EdgeCount) * 2 / 3;
        ExpandedLayer[] pruned = Prune(layers, budget);
        long[] floors = [.. pruned.Select(layer => (long)layer.Layout.EdgeCount)];
        Assert.Equal(EdgesInOrder(pruned), EdgesInOrder(Pruner.Prune(layers, budget, floors)));
    });

    [Fact]
    public void What_a_floor_protects_is_taken_from_the_other_layers()
    {
        ExpandedLayer[] layers = [Layer([1, 2, 3, 4]), Layer([5, 6, 7, 8]), Layer([9, 10, 11, 12])];
        Assert.Equal([[4.0], [8], [9, 10, 11, 12]], Prune(layers, 1, 1, 0));
        Assert.Equal([[3.0, 4], [7, 8], [11, 12]], Prune(layers, 2, 2, 2));
        Assert.Equal([[2.0, 3, 4], [], [10, 11, 12]], Prune(layers, 3, 0, 1));

        static ExpandedLayer Layer(double[] weights) => new(EdgeLayout.Dense(1, 4), weights, [0]);
        static double[][] Prune(ExpandedLayer[] layers, params long[] floors) =>
            [.. Pruner.Prune(layers, 6, floors).Select(layer => layer.Weights)];
    }

    [Fact]
    public void Floors_above_the_budget_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Prune([new ExpandedLayer(EdgeLayout.Dense(1, 2), [1, 2], [0])], 1, [2]));

    [Fact]
    public void Pruning_twice_is_pruning_once() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        int edges = layers.Sum(layer => layer.Layout.EdgeCount);
        ExpandedLayer[] inTwoSteps = Prune(Prune(layers, (edges + 1) / 2), edges / 3);
        Assert.Equal(EdgesInOrder(Prune(layers, edges / 3)), EdgesInOrder(inTwoSteps));
    });

    [Fact]
    public void Layers_that_lose_nothing_are_unchanged() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        int edges = layers.Sum(layer => layer.Layout.EdgeCount);
        Assert.Equal(layers, Prune(layers, edges));

        ExpandedLayer[] pruned = Prune(layers, edges - 1);
        Assert.Single(Enumerable.Range(0, layers.Length), l => !ReferenceEquals(layers[l], pruned[l]));
    });

    [Fact]
    public void Blocks_of_one_row_become_sparse()
    {
        var layout = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, 2, 3, [([0], [0, 2]), ([1], [1])]);
        ExpandedLayer pruned = Prune(layout, [1, 3, 2], budget: 2);
        Assert.Equal(EdgeStructure.Sparse, pruned.Layout.Structure);
        Assert.False(pruned.Layout.HasHoles);
        Assert.Equal([3.0, 2.0], pruned.Weights);
        Assert.Equal([2], pruned.Layout.Block(0).Columns);
    }

    [Fact]
    public void A_row_may_lose_all_its_edges()
    {
        var layout = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, 2, 3, [([0], [0, 2]), ([1], [1])]);
        ExpandedLayer pruned = Prune(layout, [2, 3, 1], budget: 2);
        Assert.Equal(0, pruned.Layout.Block(1).SlotCount);
        Assert.Equal([1], pruned.Layout.Block(1).Rows);
    }

    [Theory]
    [InlineData(3, EdgeStructure.Dense)]
    [InlineData(2, EdgeStructure.Dense)]
    [InlineData(1, EdgeStructure.Sparse)]
    public void Blocks_of_several_rows_get_holes_until_more_than_half_are_holes(int budget, EdgeStructure structure)
    {
        ExpandedLayer pruned = Prune(EdgeLayout.Dense(2, 2), [4, -1, 2, 3], budget);
        Assert.Equal(structure, pruned.Layout.Structure);
        Assert.Equal(structure == EdgeStructure.Dense, pruned.Layout.HasHoles);
        Assert.Equal(budget, pruned.Layout.EdgeCount);
        Assert.Equal(structure == EdgeStructure.Dense ? 4 : budget, pruned.Weights.Length);
    }

    [Fact]
    public void A_dense_layer_of_one_row_becomes_sparse() =>
        Assert.Equal(EdgeStructure.Sparse, Prune(EdgeLayout.Dense(1, 4), [4, -1, 2, 3], budget: 3).Layout.Structure);

    [Fact]
    public void The_sign_of_zero_and_of_weights_does_not_matter()
    {
        ExpandedLayer pruned = Prune(EdgeLayout.Dense(1, 6), [-0.0, 0.0, -2, 2, double.MaxValue, -double.Epsilon], budget: 2);
        Assert.Equal([-2, double.MaxValue], pruned.Weights);
    }

    [Fact]
    public void Kept_weights_may_be_zero()
    {
        ExpandedLayer pruned = Prune(EdgeLayout.Dense(1, 3), [0, 0, 0], budget: 2);
        Assert.Equal([0, 1], pruned.Layout.Block(0).Columns);
        Assert.Equal(2, pruned.Layout.EdgeCount);
    }

    [Fact]
    public void The_input_is_not_changed()
    {
        double[] weights = [4, -1, 2, 3];
        Prune(EdgeLayout.Dense(2, 2), weights, budget: 3);
        Assert.Equal([4, -1, 2, 3], weights);
    }

    private static ExpandedLayer Prune(EdgeLayout layout, double[] weights, int budget) =>
        Prune([new ExpandedLayer(layout, weights, new double[layout.OutputCount])], budget)[0];

    /// <summary>Without floors.</summary>
    private static ExpandedLayer[] Prune(ExpandedLayer[] layers, int budget) =>
        Pruner.Prune(layers, budget, new long[layers.Length]);

    private static IEnumerable<(int Layer, Edge Edge)> EdgesInOrder(ExpandedLayer[] layers) =>
        layers.SelectMany((layer, l) => Edge.Of(layer).OrderBy(edge => (edge.Row, edge.Column)).Select(edge => (l, edge)));
}

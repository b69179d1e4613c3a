using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class EdgeDensitiesTests
{
    [Fact]
    public void Shares_are_within_bounds_and_add_up_to_the_budget() => ForAll((shapes, least, most, budget) =>
    {
        long[] edges = EdgeDensities.Divide(shapes, least, most, budget);
        Assert.Equal(budget, edges.Sum());
        for (int l = 0; l < shapes.Length; l++)
            Assert.InRange(edges[l], least[l], most[l]);
    });

    /// <summary>
    /// Layers that reach neither bound have the same number of edges for each of their inputs and outputs, up to what rounding to whole
    /// edges and columns leaves over, all of which one layer may get.
    /// </summary>
    [Fact]
    public void Shares_are_proportional_to_inputs_and_outputs_together() => ForAll((shapes, least, most, budget) =>
    {
        long[] edges = EdgeDensities.Divide(shapes, least, most, budget);
        long rounding = shapes.Sum(shape => (long)shape.Groups.LargestSize) + 1;
        for (int l = 0; l < shapes.Length; l++)
        {
            for (int other = 0; other < shapes.Length; other++)
            {
                // what "other" has may be more by its bound from below, and less by its bound from above
                if (edges[l] - rounding <= least[l] || edges[other] + rounding >= most[other])
                    continue;
                double share = (edges[l] - rounding) / (double)(shapes[l].Inputs + shapes[l].Outputs);
                Assert.True(edges[other] + rounding >= share * (shapes[other].Inputs + shapes[other].Outputs));
            }
        }
    });

    [Fact]
    public void Blocks_have_whole_columns_and_single_rows_the_rest()
    {
        LayerShape[] shapes = LayerShape.Of([("First", 20, 8, new ExpansionPlan(1, Split.Learned, Share: 4)), ("Logits", 8, 4, ExpansionPlan.None)]);
        long[] floors = [.. shapes.Select(shape => shape.Floor)];
        long[] all = [.. shapes.Select(shape => shape.EdgeCount)];

        // 28 and 12 inputs and outputs: 42 and 18 edges, of which blocks of 4 rows have 40
        Assert.Equal([40, 20], EdgeDensities.Divide(shapes, floors, all, 60));
        Assert.Equal([8, 4], EdgeDensities.Divide(shapes, floors, all, 12));
        Assert.Equal([160, 32], EdgeDensities.Divide(shapes, floors, all, 192));
        Assert.Equal([68, 32], EdgeDensities.Divide(shapes, floors, all, 100));
    }

    [Fact]
    public void Layers_of_one_size_have_the_same_share_and_the_last_has_what_is_left()
    {
        LayerShape[] shapes = [Rows("First"), Rows("Second"), Rows("Third")];
        Assert.Equal([20, 20, 20], EdgeDensities.Divide(shapes, [0, 0, 0], [400, 400, 400], 60));
        Assert.Equal([20, 20, 21], EdgeDensities.Divide(shapes, [0, 0, 0], [400, 400, 400], 61));
        Assert.Equal([20, 21, 20], EdgeDensities.Divide(shapes, [0, 0, 0], [400, 400, 20], 61));
        Assert.Equal([1, 300, 300], EdgeDensities.Divide(shapes, [0, 0, 0], [1, 400, 400], 601));
        Assert.Equal([90, 10, 10], EdgeDensities.Divide(shapes, [90, 0, 0], [400, 400, 400], 110));

        static LayerShape Rows(string name) => LayerShape.Of([(name, 20, 20, ExpansionPlan.None)])[0];
    }

    [Fact]
    public void Budgets_out_of_bounds_are_refused()
    {
        LayerShape[] shapes = LayerShape.Of([("Hidden", 8, 8, ExpansionPlan.None), ("Logits", 8, 4, ExpansionPlan.None)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => EdgeDensities.Divide(shapes, [8, 4], [64, 32], 11));
        Assert.Equal([8, 4], EdgeDensities.Divide(shapes, [8, 4], [64, 32], 12));
        Assert.Equal([64, 32], EdgeDensities.Divide(shapes, [8, 4], [64, 32], 96));
        Assert.Throws<ArgumentOutOfRangeException>(() => EdgeDensities.Divide(shapes, [8, 4], [64, 32], 97));
    }

    private static void ForAll(Action<LayerShape[], long[], long[], long> assert) => RandomLayer.ForAll(random =>
    {
        LayerShape[] shapes = [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(l => Draw($"Layer{l}", random))];
        long[] most = [.. shapes.Select(shape => random.NextInt32(3) == 0 ? random.NextInt32((int)shape.EdgeCount + 1) : shape.EdgeCount)];
        long[] least = [.. most.Select(own => Math.Min(own, random.NextInt32(10)))];
        assert(shapes, least, most, least.Sum() + random.NextInt32((int)(most.Sum() - least.Sum()) + 1));
    });

    private static LayerShape Draw(string name, RandomStream random)
    {
        RowGroups groups = RandomLayer.DrawGroups(random);
        int inputs = 1 + random.NextInt32(60);
        return new LayerShape(name, inputs, groups, 0, (long)groups.RowCount * inputs, Pattern: null);
    }
}

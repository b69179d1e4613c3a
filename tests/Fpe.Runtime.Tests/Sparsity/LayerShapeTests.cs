using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class LayerShapeTests
{
    [Fact]
    public void Shapes_are_those_of_the_wide_network_with_the_counts_of_the_counting_rules() => RandomLayer.ForAll(random =>
    {
        LearnedChain chain = LearnedChain.Draw(random);
        LayerShape[] shapes = chain.Shapes;
        WeightCounts counts = chain.Counts;

        Assert.Equal(chain.Parents.Select(parent => parent.Name), shapes.Select(shape => shape.Name));
        Assert.Equal(chain.Parents.Select(parent => parent.ChildRows.Count), shapes.Select(shape => shape.Outputs));
        Assert.Equal(shapes.Select(shape => shape.Outputs).SkipLast(1).Prepend(chain.Parents[0].Inputs), shapes.Select(shape => shape.Inputs));
        Assert.Equal(counts.Layers.Select(layer => layer.BeforePruning), shapes.Select(shape => shape.EdgeCount));
        Assert.Equal(counts.Layers.Select(layer => layer.Floor), shapes.Select(shape => shape.Floor));
        Assert.Equal(counts.Layers.Select(layer => layer.Ceiling), shapes.Select(shape => shape.Ceiling));
        Assert.Equal(counts.LinearFloor, shapes.Sum(shape => shape.Floor));
        Assert.Equal(counts.LinearCeiling, shapes.Sum(shape => shape.Ceiling));
    });

    [Fact]
    public void A_pattern_has_a_share_of_the_edges_and_what_has_none_may_keep_all() => RandomLayer.ForAll(random =>
    {
        LearnedChain chain = LearnedChain.Draw(random);
        foreach ((ParentLayer parent, LayerShape shape) in chain.Parents.Zip(chain.Shapes))
        {
            Assert.Equal(parent.Expansion.Within > 0 ? new ColumnPattern(parent.Expansion.Within / parent.Expansion.Factor, parent.Expansion.Within) : null, shape.Pattern);
            (long floor, long ceiling) = shape.Pattern is { } pattern
                ? (shape.EdgeCount * pattern.Kept / pattern.Group, shape.EdgeCount * pattern.Kept / pattern.Group)
                : (parent.Neurons, shape.EdgeCount);
            Assert.Equal((floor, ceiling), (shape.Floor, shape.Ceiling));
            Assert.Equal(0, shape.Pattern is null ? 0 : shape.Inputs % shape.Pattern.Group);
        }
    });

    [Fact]
    public void Blocks_are_those_of_layers_that_learn()
    {
        LayerShape[] shapes = LayerShape.Of(
        [
            ("First", 8, 6, new ExpansionPlan(2, Split.Learned, Share: 4) { Within = 4 }),
            ("Second", 6, 5, ExpansionPlan.None with { Share = 3 }),
            ("Logits", 5, 3, new ExpansionPlan(1, Split.Learned, Share: 2)),
        ]);

        Assert.Equal([(12, 8), (5, 12), (3, 5)], shapes.Select(shape => (shape.Outputs, shape.Inputs)));
        Assert.Equal([4, 4, 2, 2], Sizes(shapes[0]));
        Assert.Equal([1, 1, 1, 1, 1], Sizes(shapes[1]));
        Assert.Equal([2, 1], Sizes(shapes[2]));
        Assert.Equal([(48L, 48L), (5, 60), (3, 15)], shapes.Select(shape => (shape.Floor, shape.Ceiling)));
    }

    [Fact]
    public void Groups_read_their_part_of_the_columns_and_share_no_block()
    {
        LayerShape[] shapes = LayerShape.Of(
            [("First", 3, 6, new ExpansionPlan(2, Split.Learned, Share: 2)), ("Second", 2, 6, ExpansionPlan.None)],
            [[new InputPart(6, InputPart.NotExpanded)], [new InputPart(6, 0)]],
            inputGroups: [2, 3]);

        Assert.Equal([(12, 3, 36L, 2), (6, 4, 24, 3)], shapes.Select(shape => (shape.Outputs, shape.Inputs, shape.EdgeCount, shape.InputGroups)));
        Assert.Equal([2, 2, 1, 1, 2, 2, 1, 1], Sizes(shapes[0]));
        Assert.Equal([36L, 24], shapes.Select(shape => shape.Ceiling));
        // In proportion to all inputs and outputs: 6 + 12 and 12 + 6.
        Assert.Equal([18L, 18], EdgeDensities.Divide(shapes, [0, 0], [36, 24], 36));
    }

    private static IEnumerable<int> Sizes(LayerShape shape) => Enumerable.Range(0, shape.Groups.Count).Select(shape.Groups.Size);
}

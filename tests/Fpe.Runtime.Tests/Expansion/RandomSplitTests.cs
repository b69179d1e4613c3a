using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class RandomSplitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_layer_can_be_dealt_in_blocks_of_64_inputs(int share)
    {
        const int Factor = 4;
        const int Inputs = 784;
        var hidden = new ParentLayer("Hidden", Inputs, 8, new ExpansionPlan(Factor, Share: share), new double[8 * Inputs], new double[8]);
        var logits = new ParentLayer("Logits", 8, 1, ExpansionPlan.None, new double[8], new double[1]);

        EdgeLayout layout = new SplitExpansion { BlockSize = 64 }.ExpandLayers([hidden, logits], seed: 1)[0].Layout;

        for (int b = 0; b < layout.BlockCount; b++)
        {
            var edges = new int[(Inputs + 63) / 64];
            foreach (int column in layout.Block(b).Columns)
                edges[column / 64]++;
            Assert.All(edges[..^1], count => Assert.Equal(64 / Factor, count));
            Assert.Equal(Inputs % 64 / Factor, edges[^1]);
        }
    }

    [Theory]
    [InlineData(2, 2, 1, 16)]
    [InlineData(2, 4, 1, 16)]
    [InlineData(2, 8, 4, 16)]
    [InlineData(4, 4, 1, 12)]
    [InlineData(3, 6, 2, 18)]
    public void With_a_pattern_each_child_reads_as_many_of_every_group_of_inputs(int factor, int within, int share, int inputs)
    {
        var plan = new ExpansionPlan(factor, Share: share) { Within = within };
        var first = new ParentLayer("First", inputs, 7, plan, new double[7 * inputs], new double[7]);
        var second = new ParentLayer("Second", 7, 5, ExpansionPlan.None, new double[35], new double[5]);

        EdgeLayout layout = SplitExpansion.Default.ExpandLayers([first, second], seed: 1)[0].Layout;

        Assert.Equal(7 * factor, layout.OutputCount);
        var drawn = new HashSet<string>();
        for (int b = 0; b < layout.BlockCount; b++)
        {
            int[] columns = layout.Block(b).Columns.ToArray();
            Assert.Equal(Enumerable.Range(0, inputs / within).Select(group => (group, within / factor)), columns.GroupBy(column => column / within).Select(own => (own.Key, own.Count())));
            drawn.Add(string.Join(' ', columns));
        }

        Assert.True(drawn.Count > factor);
    }

    /// <summary>Above an expanded layer each child reads the copies of as many of every group of the parent's inputs.</summary>
    [Fact]
    public void A_pattern_counts_the_inputs_of_the_dense_parent()
    {
        var first = new ParentLayer("First", 4, 8, new ExpansionPlan(3, Share: 2), new double[32], new double[8]);
        var second = new ParentLayer("Second", 8, 6, new ExpansionPlan(2) { Within = 4 }, new double[48], new double[6]);
        var logits = new ParentLayer("Logits", 6, 2, ExpansionPlan.None, new double[12], new double[2]);

        ExpandedLayer expanded = SplitExpansion.Default.ExpandLayers([first, second, logits], seed: 1)[1];

        foreach (IGrouping<int, Edge> row in Edge.Of(expanded).GroupBy(edge => edge.Row))
        {
            int[] inputs = [.. row.Select(edge => first.ChildRows.NeuronOf(edge.Column)).Distinct().Order()];
            Assert.Equal([2, 2], inputs.GroupBy(input => input / 4).Select(own => own.Count()));
            Assert.Equal(12, row.Count());
        }
    }

    [Fact]
    public void Over_all_inputs_blocks_are_not_balanced()
    {
        var childOf = new int[784];
        new RandomSplit(childOf.Length).Draw(childOf, 4, new RandomStream(1, RandomPurpose.IncomingSplit));
        Assert.All(childOf.CountBy(child => child), count => Assert.Equal(196, count.Value));
        Assert.Contains(childOf.Chunk(64), block => block.Count(child => child == 0) != block.Length / 4);
    }
}

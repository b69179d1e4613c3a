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

    [Fact]
    public void Over_all_inputs_blocks_are_not_balanced()
    {
        var childOf = new int[784];
        new RandomSplit(childOf.Length).Draw(childOf, 4, new RandomStream(1, RandomPurpose.IncomingSplit));
        Assert.All(childOf.CountBy(child => child), count => Assert.Equal(196, count.Value));
        Assert.Contains(childOf.Chunk(64), block => block.Count(child => child == 0) != block.Length / 4);
    }
}

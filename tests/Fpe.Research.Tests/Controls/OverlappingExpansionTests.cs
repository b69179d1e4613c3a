using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Expansion;

namespace Fpe.Research.Tests.Controls;

public sealed class OverlappingExpansionTests
{
    private const long Seed = 42;

    [Fact]
    public void Children_are_as_large_as_in_the_split_and_inherit_the_weights_they_read() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] split = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        ExpandedLayer[] overlapping = new OverlappingExpansion().ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < split.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            Assert.Equal(Sizes(split[l]), Sizes(overlapping[l]));
            Assert.Equal(split[l].Biases, overlapping[l].Biases);
            Assert.Equal(split[l].Layout.Structure, overlapping[l].Layout.Structure);
            for (int b = 0; b < overlapping[l].Layout.BlockCount; b++)
                Assert.Equal(overlapping[l].Layout.Block(b).Columns.ToArray().Order(), overlapping[l].Layout.Block(b).Columns.ToArray());
            foreach (Edge edge in Edge.Of(overlapping[l]))
            {
                int neuron = parent.ChildRows.NeuronOf(edge.Row);
                int input = chain.RowsBelow(l).NeuronOf(edge.Column);
                Assert.Equal(parent.Weights[(neuron * parent.Inputs) + input], edge.Weight);
            }
        }
    });

    [Fact]
    public void Siblings_choose_independently()
    {
        // Of 64 inputs a child reads 16; another child reads each of them with probability 1/4, so pairs share 4 on average.
        const int Neurons = 200, Inputs = 64, Factor = 4;
        double[] weights = [.. Enumerable.Range(0, Neurons * Inputs).Select(i => 1.0 + i)];
        ParentLayer[] parents =
        [
            new("Hidden", Inputs, Neurons, new ExpansionPlan(Factor), weights, new double[Neurons]),
            new("Logits", Neurons, 1, ExpansionPlan.None, new double[Neurons], new double[1]),
        ];
        ILookup<int, int> inputs = Edge.Of(new OverlappingExpansion().ExpandLayers(parents, Seed)[0]).ToLookup(edge => edge.Row, edge => edge.Column);

        int[] shared =
        [
            .. from neuron in Enumerable.Range(0, Neurons) from a in Enumerable.Range(0, Factor) from b in Enumerable.Range(0, a)
               select inputs[(neuron * Factor) + a].Intersect(inputs[(neuron * Factor) + b]).Count(),
        ];
        // hypergeometric: variance 16 · 1/4 · 3/4 · 48/63, so the mean of 1200 pairs has a deviation of .044
        Assert.InRange(shared.Average(), 3.8, 4.2);
        Assert.InRange(shared.Average(count => (count - 4) * (count - 4)), 1.9, 2.7);
        Assert.Equal(Inputs, inputs.SelectMany(row => row).Distinct().Count());
    }

    private static int[] Sizes(ExpandedLayer layer) =>
        [.. Enumerable.Range(0, layer.Layout.OutputCount).Select(row => Edge.Of(layer).Count(edge => edge.Row == row))];
}

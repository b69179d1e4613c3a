using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Runtime.Tests.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class StartingEdgesTests
{
    [Fact]
    public void A_dense_start_has_all_edges_with_the_weights_of_a_dense_network() => ForAll((chain, shapes, random) =>
    {
        ExpandedLayer[] layers = StartingEdges.AllNew(chain.Parents, shapes, seed: random.NextInt32(1000));
        Assert.All(layers, layer => Assert.Equal((EdgeStructure.Dense, false), (layer.Layout.Structure, layer.Layout.HasHoles)));
        Assert.Equal(shapes.Select(shape => (shape.Outputs, shape.Inputs)), layers.Select(layer => (layer.Layout.OutputCount, layer.Layout.InputCount)));
        AssertNewValues(layers);
    });

    [Fact]
    public void A_random_start_has_exactly_its_budget_in_the_densities_of_the_layers() => ForAll((chain, shapes, random) =>
    {
        long[] floors = [.. shapes.Select(shape => shape.Floor)];
        long[] ceilings = [.. shapes.Select(shape => shape.Ceiling)];
        long budget = floors.Sum() + random.NextInt32((int)(ceilings.Sum() - floors.Sum()) + 1);

        ExpandedLayer[] layers = StartingEdges.SomeNew(chain.Parents, shapes, budget, seed: random.NextInt32(1000));

        Assert.Equal(budget, layers.Sum(layer => Edge.Of(layer).Count));
        Assert.Equal(EdgeDensities.Divide(shapes, floors, ceilings, budget), layers.Select(layer => (long)layer.Layout.EdgeCount));
        for (int l = 0; l < layers.Length; l++)
            Assert.InRange(ColumnUnits.Of(layers[l].Layout, layers[l].Weights, shapes[l].Groups).Partial.Count, 0, 1);
        AssertNewValues(layers);
    });

    [Fact]
    public void New_values_fill_their_range()
    {
        ParentLayer[] parents = [Layer(100, 50, new ExpansionPlan(4, Split.Learned)), Layer(50, 10, ExpansionPlan.None)];
        LayerShape[] shapes = new LearnedChain(parents).Shapes;

        ExpandedLayer all = StartingEdges.AllNew(parents, shapes, seed: 1)[0];
        Assert.InRange(all.Weights.Max(), 0.099, 0.1);
        Assert.InRange(all.Weights.Min(), -0.1, -0.099);
        Assert.InRange(all.Weights.Average(), -0.002, 0.002);
        Assert.InRange(all.Biases.Max(), 0.09, 0.1);

        // single rows, and a dense block with holes
        foreach (int budget in (int[])[2000, 16_000])
        {
            ExpandedLayer some = StartingEdges.SomeNew(parents, shapes, budget, seed: 1)[0];
            Assert.Equal(budget == 2000 ? EdgeStructure.Sparse : EdgeStructure.Dense, some.Layout.Structure);
            double[] scaled = [.. Edge.Of(some).GroupBy(edge => edge.Row).SelectMany(row => row.Select(edge => edge.Weight * Math.Sqrt(row.Count())))];
            Assert.InRange(scaled.Max(), 0.99, 1);
            Assert.InRange(scaled.Min(), -1, -0.99);
        }
    }

    [Fact]
    public void New_edges_are_those_of_their_seed_and_layer()
    {
        var plan = new ExpansionPlan(2, Split.Learned);
        ParentLayer[] parents = [Layer(12, 12, plan), Layer(12, 12, plan), Layer(12, 12, plan), Layer(12, 3, ExpansionPlan.None)];
        LayerShape[] shapes = new LearnedChain(parents).Shapes;

        ExpandedLayer[] first = StartingEdges.SomeNew(parents, shapes, 300, seed: 1);
        ExpandedLayer[] again = StartingEdges.SomeNew(parents, shapes, 300, seed: 1);
        ExpandedLayer[] other = StartingEdges.SomeNew(parents, shapes, 300, seed: 2);
        Assert.Equal(first.Select(Text), again.Select(Text));
        Assert.Empty(first.Select(Text).Intersect(other.Select(Text)));
        Assert.NotEqual(Text(first[1]), Text(first[2]));
        Assert.NotEqual(Places(first[1]), Places(first[2]));
        Assert.NotEqual(Places(first[0]), Places(other[0]));
        Assert.NotEqual(StartingEdges.AllNew(parents, shapes, seed: 1)[1].Weights, StartingEdges.AllNew(parents, shapes, seed: 2)[1].Weights);
        Assert.NotEqual(StartingEdges.AllNew(parents, shapes, seed: 1)[1].Weights, StartingEdges.AllNew(parents, shapes, seed: 1)[2].Weights);
    }

    [Fact]
    public void Children_that_tie_their_biases_start_with_one() => RandomLayer.ForAll(random =>
    {
        LearnedChain chain = LearnedChain.Draw(random, tiesBiases: true);
        foreach ((ParentLayer parent, ExpandedLayer layer) in chain.Parents.Zip(StartingEdges.AllNew(chain.Parents, chain.Shapes, seed: 1)))
        {
            Assert.Equal(parent.Neurons, layer.Biases.Select((bias, row) => (bias, parent.ChildRows.NeuronOf(row))).Distinct().Count());
            Assert.DoesNotContain(0.0, layer.Biases);
        }
    });

    [Fact]
    public void A_dense_start_from_a_split_has_each_weight_of_the_parent_in_one_child_and_zeros_elsewhere() => ForAll((chain, shapes, random) =>
    {
        ExpandedLayer[] layers = StartingEdges.AllOfSplit(chain.Parents, shapes, seed: random.NextInt32(1000));
        for (int l = 0; l < layers.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            Assert.Equal(shapes[l].EdgeCount, layers[l].Layout.EdgeCount);
            Assert.Equal(Enumerable.Range(0, shapes[l].Outputs).Select(row => parent.Biases[parent.ChildRows.NeuronOf(row)]), layers[l].Biases);
            var inherited = Edge.Of(layers[l])
                .Where(edge => edge.Weight != 0)
                .ToLookup(edge => (Neuron: parent.ChildRows.NeuronOf(edge.Row), Input: chain.RowsBelow(l).NeuronOf(edge.Column)));
            Assert.Equal(parent.Weights.Length, inherited.Count);
            foreach (IGrouping<(int Neuron, int Input), Edge> edges in inherited)
            {
                Assert.Single(edges.Select(edge => edge.Row).Distinct());
                Assert.Equal(chain.RowsBelow(l).Children, edges.Count());
                Assert.All(edges, edge => Assert.Equal(parent.Weights[(edges.Key.Neuron * parent.Inputs) + edges.Key.Input], edge.Weight));
            }
        }
    });

    [Fact]
    public void A_sparse_start_from_a_split_is_its_largest_edges_in_the_densities_of_the_layers() => ForAll((chain, shapes, random) =>
    {
        long seed = random.NextInt32(1000);
        Edge[][] split = [.. StartingEdges.AllOfSplit(chain.Parents, shapes, seed).Select(layer => Edge.Of(layer).Where(edge => edge.Weight != 0).ToArray())];
        long[] most = [.. split.Select(edges => (long)edges.Length)];
        long[] least = [.. shapes.Select((shape, l) => Math.Min(shape.Floor, most[l]))];
        long budget = least.Sum() + random.NextInt32((int)(most.Sum() - least.Sum()) + 1);

        ExpandedLayer[] layers = StartingEdges.SomeOfSplit(chain.Parents, shapes, budget, seed);

        Assert.Equal(budget, layers.Sum(layer => layer.Layout.EdgeCount));
        Assert.Equal(EdgeDensities.Divide(shapes, least, most, budget), layers.Select(layer => (long)layer.Layout.EdgeCount));
        for (int l = 0; l < layers.Length; l++)
        {
            List<Edge> edges = Edge.Of(layers[l]);
            Assert.Subset(split[l].ToHashSet(), edges.ToHashSet());
            Assert.Equal(edges.Count, edges.Distinct().Count());
            if (shapes[l].Groups.AreSingle && edges.Count > 0)
                Assert.True(split[l].Except(edges).All(edge => Math.Abs(edge.Weight) <= edges.Min(kept => Math.Abs(kept.Weight))));
        }

        Assert.Equal(most, StartingEdges.SomeOfSplit(chain.Parents, shapes, most.Sum(), seed).Select(layer => (long)layer.Layout.EdgeCount));
        var error = Assert.Throws<ExpansionException>(() => StartingEdges.SomeOfSplit(chain.Parents, shapes, most.Sum() + 1, seed));
        Assert.Equal($"A split has {most.Sum()} weights, fewer than the budget of {most.Sum() + 1}; lower the budget, or start from random edges.", error.Message);
    });

    [Fact]
    public void Splits_are_those_of_their_seed()
    {
        ParentLayer[] parents = [Layer(12, 12, new ExpansionPlan(2, Split.Learned)), Layer(12, 3, ExpansionPlan.None)];
        LayerShape[] shapes = new LearnedChain(parents).Shapes;
        Assert.Equal(StartingEdges.AllOfSplit(parents, shapes, 1).Select(Text), StartingEdges.AllOfSplit(parents, shapes, 1).Select(Text));
        Assert.NotEqual(Text(StartingEdges.AllOfSplit(parents, shapes, 1)[0]), Text(StartingEdges.AllOfSplit(parents, shapes, 2)[0]));
    }

    /// <summary>Weights and biases are within 1/√fan-in of each row, and no two are equal.</summary>
    private static void AssertNewValues(IReadOnlyList<ExpandedLayer> layers)
    {
        foreach (ExpandedLayer layer in layers)
        {
            ILookup<int, Edge> rows = Edge.Of(layer).ToLookup(edge => edge.Row);
            Assert.Equal(layer.Layout.OutputCount, layer.Biases.Length);
            for (int row = 0; row < layer.Biases.Length; row++)
            {
                double bound = 1 / Math.Sqrt(Math.Max(1, rows[row].Count()));
                Assert.InRange(layer.Biases[row], -bound, bound);
                Assert.All(rows[row], edge => Assert.InRange(edge.Weight, -bound, bound));
            }
        }

        double[] values = [.. layers.SelectMany(layer => Edge.Of(layer).Select(edge => edge.Weight).Concat(layer.Biases))];
        Assert.Distinct(values);
    }

    private static void ForAll(Action<LearnedChain, LayerShape[], RandomStream> assert) => RandomLayer.ForAll(
        random =>
        {
            LearnedChain chain = LearnedChain.Draw(random);
            assert(chain, chain.Shapes, random);
        },
        runs: 100);

    private static string Text(ExpandedLayer layer) => string.Join(' ', Edge.Of(layer).Select(edge => edge.ToString()));

    private static (int, int)[] Places(ExpandedLayer layer) => [.. Edge.Of(layer).Select(edge => (edge.Row, edge.Column))];

    private static ParentLayer Layer(int inputs, int neurons, ExpansionPlan plan) => new(
        "Layer", inputs, neurons, plan, [.. Enumerable.Range(0, inputs * neurons).Select(i => 1 + Math.Sin(i * i))], new double[neurons]);
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class SplitExpansionTests
{
    private const long Seed = 42;

    [Fact]
    public void Every_edge_of_the_parent_exists_once_for_each_copy_of_its_input_and_has_its_value() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < expanded.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            int copies = chain.IsDealtBelow(l) ? 1 : chain.RowsBelow(l).Children;
            List<Edge> edges = Edge.Of(expanded[l]);
            Assert.Equal(edges.Count, edges.Distinct().Count());
            Assert.Equal(parent.Neurons * parent.Inputs * copies, edges.Count);
            foreach (IGrouping<(int Neuron, int Input), Edge> origin in
                edges.GroupBy(edge => (parent.ChildRows.NeuronOf(edge.Row), chain.RowsBelow(l).NeuronOf(edge.Column))))
            {
                Assert.Equal(copies, origin.Count());
                Assert.Single(origin.Select(edge => edge.Row).Distinct());
                double weight = parent.Weights[(origin.Key.Neuron * parent.Inputs) + origin.Key.Input];
                Assert.All(origin, edge => Assert.Equal(weight, edge.Weight));
            }
        }
    });

    [Fact]
    public void Children_copy_the_bias_of_their_parent() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < expanded.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            Assert.Equal(expanded[l].Layout.OutputCount, expanded[l].Biases.Length);
            Assert.Equal(parent.Neurons * parent.Expansion.Factor, expanded[l].Biases.Length);
            for (int row = 0; row < expanded[l].Biases.Length; row++)
                Assert.Equal(parent.Biases[parent.ChildRows.NeuronOf(row)], expanded[l].Biases[row]);
        }
    });

    [Fact]
    public void No_child_is_empty_and_random_children_are_balanced() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < expanded.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            int copies = chain.IsDealtBelow(l) ? 1 : chain.RowsBelow(l).Children;
            var sizes = new int[expanded[l].Layout.OutputCount];
            foreach (Edge edge in Edge.Of(expanded[l]))
                sizes[edge.Row]++;
            Assert.All(sizes, size => Assert.True(size > 0));
            if (parent.Expansion.Strategy != Split.Random)
                continue;
            foreach (var children in Enumerable.Range(0, sizes.Length).GroupBy(parent.ChildRows.NeuronOf, row => sizes[row]))
                Assert.InRange(children.Max() - children.Min(), 0, copies);
        }
    });

    [Fact]
    public void Neurons_of_a_group_share_their_columns() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < expanded.Length; l++)
        {
            ParentLayer parent = chain.Parents[l];
            int share = parent.Expansion.Share;
            ILookup<int, int> columns = Edge.Of(expanded[l]).ToLookup(edge => edge.Row, edge => edge.Column);
            for (int neuron = 0; neuron < parent.Neurons; neuron++)
            {
                for (int child = 0; child < parent.Expansion.Factor; child++)
                {
                    int first = parent.ChildRows.RowOf(neuron / share * share, child);
                    Assert.Equal(columns[first], columns[parent.ChildRows.RowOf(neuron, child)]);
                }
            }
        }
    });

    [Fact]
    public void Rows_of_a_block_follow_each_other() => Chain.ForAll(chain =>
    {
        foreach (ExpandedLayer layer in SplitExpansion.Default.ExpandLayers(chain.Parents, Seed))
        {
            for (int b = 0; b < layer.Layout.BlockCount; b++)
            {
                ReadOnlySpan<int> rows = layer.Layout.Block(b).Rows;
                Assert.Equal(Enumerable.Range(rows[0], rows.Length), rows.ToArray());
            }
        }
    });

    [Fact]
    public void Deal_gives_the_children_of_a_neuron_equally_many_groups_of_readers() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 1; l < expanded.Length; l++)
        {
            if (!chain.IsDealtBelow(l))
                continue;
            ChildRows below = chain.RowsBelow(l);
            ParentLayer parent = chain.Parents[l];
            var groups = Edge.Of(expanded[l])
                .Select(edge => (edge.Column, Group: parent.ChildRows.NeuronOf(edge.Row) / parent.Expansion.Share))
                .Distinct()
                .CountBy(reader => reader.Column)
                .ToDictionary();
            for (int neuron = 0; neuron < chain.Parents[l].Inputs; neuron++)
            {
                int[] fanOut = [.. Enumerable.Range(0, below.Children).Select(child => groups.GetValueOrDefault(below.RowOf(neuron, child)))];
                Assert.InRange(fanOut.Max() - fanOut.Min(), 0, 1);
            }
        }
    });

    [Fact]
    public void The_structure_is_the_simplest_that_holds() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(chain.Parents, Seed);
        for (int l = 0; l < expanded.Length; l++)
        {
            ExpansionPlan plan = chain.Parents[l].Expansion;
            EdgeStructure expected =
                plan.Factor == 1 && !chain.IsDealtBelow(l) ? EdgeStructure.Dense
                : plan.Share > 1 && chain.Parents[l].Neurons > 1 ? EdgeStructure.SharedBlocks
                : EdgeStructure.OwnPartition;
            Assert.Equal(expected, expanded[l].Layout.Structure);
            Assert.Equal(l == 0 ? chain.Parents[0].Inputs : expanded[l - 1].Layout.OutputCount, expanded[l].Layout.InputCount);
            Assert.Equal(expected == EdgeStructure.Dense, expanded[l].Layout.BlockCount == 1 && plan.Factor == 1 && !chain.IsDealtBelow(l));
            Assert.False(expanded[l].Layout.HasHoles);
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_count_is_exactly_what_the_counting_rules_give(bool countBiases) => Chain.ForAll(chain =>
    {
        var counts = chain.Counts(countBiases);
        if (counts.Expanded < counts.LinearFloor)
        {
            Assert.Throws<ExpansionException>(() => SplitExpansion.Default.Expand(chain.Parents, counts.Expanded, Seed));
            return;
        }

        IReadOnlyList<ExpandedLayer> expanded = SplitExpansion.Default.Expand(chain.Parents, counts.Expanded, Seed);
        Assert.Equal(counts.Expanded, expanded.Sum(layer => Edge.Of(layer).Count));
        Assert.Equal(counts.ExpandedBiases, expanded.Sum(layer => layer.Biases.Length));
        for (int l = 0; l < expanded.Count; l++)
            Assert.True(2 * expanded[l].Layout.EdgeCount >= chain.Parents[l].Weights.Length);
    });

    [Theory]
    [InlineData(64, 8, 64, 4)]
    [InlineData(16, 4, 200, 16)]
    [InlineData(512, 2, 100, 8)]
    public void A_layer_of_small_initial_weights_keeps_its_largest_half(int inputs, int hidden, int classes, int factor)
    {
        using var model = new PlannedModel(Plans.OneHidden(inputs, hidden, classes, new ExpansionPlan(factor)), Seed);
        double[] magnitudes = [.. model.Linears.First().ToDense().Select(weight => (double)Math.Abs(weight)).OrderDescending()];
        model.Expand();

        LayerSummary summary = model.Summarize().Layers[0];
        Assert.Equal(inputs * hidden / 2, summary.Weights);
        Assert.Equal(
            magnitudes.Take(inputs * hidden / 2),
            model.Linears.First().ToDense().Where(weight => weight != 0).Select(weight => (double)Math.Abs(weight)).OrderDescending());
        Assert.Equal(model.Plan.DenseWeights, model.WeightCount);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result() => Chain.ForAll(chain =>
    {
        long budget = chain.Counts(countBiases: false).Expanded;
        IReadOnlyList<ExpandedLayer> first = SplitExpansion.Default.Expand(chain.Parents, budget, Seed);
        IReadOnlyList<ExpandedLayer> second = SplitExpansion.Default.Expand(chain.Parents, budget, Seed);
        for (int l = 0; l < first.Count; l++)
        {
            Assert.Equal(first[l].Layout.Structure, second[l].Layout.Structure);
            Assert.Equal(Edge.Of(first[l]), Edge.Of(second[l]));
        }
    });

    [Theory]
    [InlineData(Split.Random, 1, Outgoing.Prune)]
    [InlineData(Split.Random, 4, Outgoing.Deal)]
    [InlineData(Split.Clause, 1, Outgoing.Prune)]
    [InlineData(Split.Feature, 1, Outgoing.Prune)]
    public void Another_seed_gives_another_partition_and_layers_differ(Split strategy, int share, Outgoing outgoing)
    {
        var plan = new ExpansionPlan(2, strategy, share, outgoing)
        {
            Clauses = [.. Enumerable.Range(0, 8).Select(clause => new[] { 2 * clause, (2 * clause) + 1 })],
        };
        ParentLayer[] parents = [Layer(16, 16, plan), Layer(16, 16, plan), Layer(16, 5, ExpansionPlan.None)];

        ExpandedLayer[] first = SplitExpansion.Default.ExpandLayers(parents, seed: 1);
        ExpandedLayer[] second = SplitExpansion.Default.ExpandLayers(parents, seed: 2);

        Assert.NotEqual(Positions(first[0]), Positions(second[0]));
        Assert.NotEqual(Positions(first[1]), Positions(second[1]));
        ILookup<int, int> rows = Edge.Of(first[0]).ToLookup(edge => edge.Row, edge => edge.Column);
        Assert.True(Enumerable.Range(0, 16).Select(neuron => string.Join(' ', rows[2 * neuron])).Distinct().Count() > 1);
    }

    [Fact]
    public void Layers_draw_partitions_of_their_own()
    {
        var plan = new ExpansionPlan(2, Outgoing: Outgoing.Deal);
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(
            [Layer(16, 16, plan), Layer(16, 16, plan), Layer(16, 16, plan), Layer(16, 16, ExpansionPlan.None)], Seed);

        int[][] incoming = [.. expanded[..3].Select((layer, l) => ByParentEdge(layer, 2, l == 0 ? 1 : 2, edge => edge.Row))];
        int[][] outgoing = [.. expanded[1..].Select((layer, l) => ByParentEdge(layer, l == 2 ? 1 : 2, 2, edge => edge.Column))];

        Assert.Distinct(incoming.Concat(outgoing).Select(children => string.Concat(children)));
    }

    [Fact]
    public void A_seed_gives_these_edges_in_every_version()
    {
        ParentLayer[] parents = [Layer(6, 2, new ExpansionPlan(2, Outgoing: Outgoing.Deal)), Layer(2, 3, ExpansionPlan.None)];
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, Seed);
        Assert.Equal(["1 4 5", "0 2 3", "0 1 5", "2 3 4"], Columns(expanded[0]));
        Assert.Equal(["1 2", "1 3", "0 2"], Columns(expanded[1]));
    }

    private static string[] Columns(ExpandedLayer layer) =>
        [.. Edge.Of(layer).GroupBy(edge => edge.Row).Select(row => string.Join(' ', row.Select(edge => edge.Column)))];

    /// <summary>Which of two children each edge of the parent has at one of its ends.</summary>
    private static int[] ByParentEdge(ExpandedLayer layer, int factor, int factorBelow, Func<Edge, int> end) =>
        [.. Edge.Of(layer).OrderBy(edge => (edge.Row / factor, edge.Column / factorBelow)).Select(edge => end(edge) % 2)];

    private static (int, int)[] Positions(ExpandedLayer layer) =>
        [.. Edge.Of(layer).Select(edge => (edge.Row, edge.Column)).Order()];

    private static ParentLayer Layer(int inputs, int neurons, ExpansionPlan plan) => new(
        "Layer", inputs, neurons, plan, [.. Enumerable.Range(0, inputs * neurons).Select(i => Math.Sin(i * i))], new double[neurons]);
}

using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>Layers whose neurons and inputs are divided into groups, as in convolutions, over each other.</summary>
public sealed class GroupExpansionTests
{
    private const int Draws = 300;

    [Fact]
    public void Every_edge_of_the_parent_exists_once_for_each_copy_of_its_input_within_its_group() => ForAll(parents =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, seed: 42);
        WeightCounts counts = WeightCounts.Of([.. parents.Select(layer => layer.Size)], countBiases: false);
        for (int l = 0; l < parents.Length; l++)
        {
            ParentLayer parent = parents[l];
            InputPart part = parent.Parts![0];
            ParentLayer? below = part.Layer < 0 ? null : parents[part.Layer];
            (int factor, int copies) = below is null ? (1, 1) : (below.Expansion.Factor, below.DealsOutgoing ? 1 : below.Expansion.Factor);
            List<Edge> edges = Edge.Of(expanded[l]);
            Assert.Equal(parent.Inputs * factor, expanded[l].Layout.InputCount);
            Assert.Equal(parent.Neurons * parent.Inputs * copies, edges.Count);
            Assert.Equal(edges.Count, counts.Layers[l].BeforePruning);
            ILookup<(int Neuron, int Input), Edge> own = edges.ToLookup(edge => (parent.ChildRows.NeuronOf(edge.Row), InputOf(edge)));
            for (int neuron = 0; neuron < parent.Neurons; neuron++)
            {
                int group = neuron / (parent.Neurons / parent.InputGroups);
                for (int input = 0; input < parent.Inputs; input++)
                {
                    Edge[] read = [.. own[(neuron, (group * parent.Inputs) + input)]];
                    Assert.Equal(copies, read.Length);
                    Assert.Equal(read.Length, read.Select(edge => edge.Column).Distinct().Count());
                    Assert.Single(read.Select(edge => edge.Row).Distinct());
                    Assert.All(read, edge => Assert.Equal(parent.Weights[(neuron * parent.Inputs) + input], edge.Weight));
                }
            }

            // The input of the dense parent, counted over all groups, that an edge reads.
            int InputOf(Edge edge)
            {
                int group = edge.Row / (expanded[l].Layout.OutputCount / parent.InputGroups);
                (int unit, int place) = Math.DivRem((group * expanded[l].Layout.InputCount) + edge.Column, part.Places);
                return ((below?.ChildRows.NeuronOf(unit) ?? unit) * part.Places) + place;
            }
        }
    });

    [Fact]
    public void Only_neurons_of_a_group_share_a_partition() => ForAll(parents =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers([.. parents.Take(1)], seed: 3);
        ParentLayer parent = parents[0];
        int groupNeurons = parent.Neurons / parent.InputGroups;
        List<Edge> edges = Edge.Of(expanded[0]);
        int[][] columns = [.. Enumerable.Range(0, parent.ChildRows.Count).Select(row => edges.Where(edge => edge.Row == row).Select(edge => edge.Column).Order().ToArray())];
        Assert.All(columns, own => Assert.InRange(own.Length, parent.Inputs / parent.Expansion.Factor, ((parent.Inputs - 1) / parent.Expansion.Factor) + 1));
        for (int neuron = 0; neuron < parent.Neurons; neuron++)
        {
            // Runs of Share neurons begin anew in each group.
            int first = neuron - (neuron % groupNeurons % parent.Expansion.Share);
            for (int child = 0; child < parent.Expansion.Factor; child++)
                Assert.Equal(columns[parent.ChildRows.RowOf(first, child)], columns[parent.ChildRows.RowOf(neuron, child)]);
        }
    });

    [Fact]
    public void Every_child_that_is_dealt_has_a_reader_in_the_group_that_reads_it() => ForAll(parents =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, seed: 7);
        for (int l = 1; l < parents.Length; l++)
        {
            (int columns, int rows) = (expanded[l].Layout.InputCount, expanded[l].Layout.OutputCount / parents[l].InputGroups);
            Assert.Equal(parents[l].InputGroups * columns, Edge.Of(expanded[l]).Select(edge => (edge.Row / rows, edge.Column)).Distinct().Count());
        }
    });

    [Theory]
    [InlineData("Shapes: 6 neurons cannot be divided into 4 groups; use a positive divisor.", 6, 4, 4, 1)]
    [InlineData("Shapes: 6 neurons cannot be divided into 0 groups; use a positive divisor.", 6, 0, 4, 1)]
    [InlineData("Shapes: 12 inputs, but its parts have 8; make them equal.", 6, 3, 4, 1)]
    [InlineData("Shapes: a group ends between neurons of Hidden that share a partition; use a Share that divides a group.", 6, 2, 4, 3)]
    public void Groups_that_do_not_fit_are_refused(string message, int neurons, int groups, int inputs, int share)
    {
        ParentLayer hidden = new("Hidden", 2, 8, new ExpansionPlan(2, Share: share), new double[16], new double[8]);
        ParentLayer shapes = new("Shapes", inputs, neurons, ExpansionPlan.None, new double[inputs * neurons], new double[neurons]) { InputGroups = groups, Parts = [new InputPart(8, 0)] };
        Assert.Equal(message, Assert.Throws<ExpansionException>(() => SplitExpansion.Default.Expand([hidden, shapes], 40, seed: 0)).Message);
    }

    private static void ForAll(Action<ParentLayer[]> assert)
    {
        for (int number = 0; number < Draws; number++)
        {
            ParentLayer[] parents = Draw(number);
            Exception? error = Record.Exception(() => assert(parents));
            Assert.True(error is null, $"Draw({number}): {error}");
        }
    }

    /// <summary>A chain of layers in groups whose windows have several places; the groups of each divide the runs of the one below.</summary>
    private static ParentLayer[] Draw(int number)
    {
        var random = new RandomStream(number, RandomPurpose.Synthesis);
        int units = 12;
        var parents = new ParentLayer[2 + random.NextInt32(3)];
        for (int l = 0; l < parents.Length; l++)
        {
            int places = 1 + random.NextInt32(3);
            NeuronGroups below = l == 0 ? NeuronGroups.Single(units) : parents[l - 1].Groups;
            bool isExpanded = l > 0 && parents[l - 1].Expansion.Factor > 1;
            int[] fitting = [.. Enumerable.Range(1, 6).Where(groups => units % groups == 0 && (!isExpanded
                || Enumerable.Range(0, groups).All(group => below.First(below.Of(group * units / groups)) == group * units / groups)))];
            int groups = fitting[random.NextInt32(fitting.Length)];
            int fanIn = units / groups * places;
            int groupNeurons = groups > 3 ? 3 : 6;
            int neurons = groups * groupNeurons;
            bool isLast = l + 1 == parents.Length;
            ExpansionPlan plan = isLast ? ExpansionPlan.None : new ExpansionPlan(
                Math.Min(fanIn, 1 + random.NextInt32(2)), Split.Random, random.NextInt32(2) == 0 ? 1 : groupNeurons == 3 ? 2 : 4, random.NextInt32(2) == 0 ? Outgoing.Deal : Outgoing.Prune);
            double[] weights = [.. Enumerable.Range(1, fanIn * neurons).Select(i => i + (0.5 * l))];
            parents[l] = new ParentLayer($"Layer{l}", fanIn, neurons, plan, weights, new double[neurons])
            {
                InputGroups = groups,
                Parts = [new InputPart(units, l - 1, places)],
            };
            units = neurons;
        }

        return parents;
    }
}

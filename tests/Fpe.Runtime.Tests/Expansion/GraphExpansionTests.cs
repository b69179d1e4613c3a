using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>Layers that read any earlier layers, one or several, and values that are not expanded.</summary>
public sealed class GraphExpansionTests
{
    private const int Graphs = 300;

    [Fact]
    public void Every_edge_of_the_parent_exists_once_for_each_copy_of_its_input_and_has_its_value() => ForAll(parents =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, seed: 42);
        WeightCounts counts = WeightCounts.Of([.. parents.Select(layer => layer.Size)], countBiases: false);
        for (int l = 0; l < parents.Length; l++)
        {
            ParentLayer parent = parents[l];
            (int Input, int Copies)[] columns = [.. ColumnsOf(parents, l)];
            List<Edge> edges = Edge.Of(expanded[l]);
            Assert.Equal(columns.Length, expanded[l].Layout.InputCount);
            Assert.Equal(counts.Layers[l].BeforePruning, edges.Count);
            ILookup<(int Neuron, int Input), Edge> copies = edges.ToLookup(edge => (parent.ChildRows.NeuronOf(edge.Row), columns[edge.Column].Input));
            for (int neuron = 0; neuron < parent.Neurons; neuron++)
            {
                for (int input = 0; input < parent.Inputs; input++)
                {
                    Edge[] own = [.. copies[(neuron, input)]];
                    Assert.Equal(columns.First(column => column.Input == input).Copies, own.Length);
                    Assert.Equal(own.Length, own.Select(edge => edge.Column).Distinct().Count());
                    Assert.Single(own.Select(edge => edge.Row).Distinct());
                    Assert.All(own, edge => Assert.Equal(parent.Weights[(neuron * parent.Inputs) + input], edge.Weight));
                }
            }
        }
    });

    [Fact]
    public void Every_child_that_is_dealt_has_a_reader() => ForAll(parents =>
    {
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, seed: 7);
        for (int l = 0; l + 1 < parents.Length; l++)
        {
            var read = new bool[parents[l].ChildRows.Count];
            for (int reader = l + 1; reader < parents.Length; reader++)
            {
                int column = 0;
                foreach (InputPart part in parents[reader].Parts!)
                {
                    int width = part.Layer == InputPart.NotExpanded ? part.Count : parents[part.Layer].ChildRows.Count;
                    foreach (Edge edge in Edge.Of(expanded[reader]).Where(edge => part.Layer == l && edge.Column >= column && edge.Column < column + width))
                        read[edge.Column - column] = true;
                    column += width;
                }
            }

            Assert.DoesNotContain(false, read);
        }
    });

    [Fact]
    public void Readers_of_one_layer_are_dealt_its_children_independently()
    {
        ParentLayer Reader(string name) => new(name, 12, 6, ExpansionPlan.None, new double[72], new double[6]) { Parts = [new InputPart(12, 0)] };
        ParentLayer[] parents =
        [
            new("Hidden", 8, 12, new ExpansionPlan(2, Outgoing: Outgoing.Deal), new double[96], new double[12]) { Parts = [new InputPart(8, InputPart.NotExpanded)] },
            Reader("One"),
            Reader("Other"),
            new("Logits", 12, 3, ExpansionPlan.None, new double[36], new double[3]) { Parts = [new InputPart(6, 1), new InputPart(6, 2)] },
        ];
        ExpandedLayer[] expanded = SplitExpansion.Default.ExpandLayers(parents, seed: 1);
        Assert.NotEqual(Edge.Of(expanded[1]).Select(edge => edge.Column), Edge.Of(expanded[2]).Select(edge => edge.Column));
    }

    [Fact]
    public void A_part_that_does_not_fit_is_refused()
    {
        ParentLayer hidden = new("Hidden", 8, 4, ExpansionPlan.None, new double[32], new double[4]);
        Refuse("Hidden: 4 neurons, but Logits has 5 inputs; make them equal.", new InputPart(5, 0));
        Refuse("Logits: 4 inputs, but its parts have 8; make them equal.", new InputPart(4, 0), new InputPart(4, 0));
        Refuse("Logits: it reads layer 1, but can read layers 0 to 0; name an earlier layer.", new InputPart(4, 1));

        void Refuse(string message, params InputPart[] parts)
        {
            ParentLayer logits = new("Logits", 4, 3, ExpansionPlan.None, new double[12], new double[3]) { Parts = parts };
            Assert.Equal(message, Assert.Throws<ExpansionException>(() => SplitExpansion.Default.Expand([hidden, logits], 44, seed: 0)).Message);
        }
    }

    /// <summary>The input that each column of an expanded layer is a copy of, and how many of its copies a neuron reads.</summary>
    private static IEnumerable<(int Input, int Copies)> ColumnsOf(ParentLayer[] parents, int layer)
    {
        int input = 0;
        foreach (InputPart part in parents[layer].Parts!)
        {
            if (part.Layer == InputPart.NotExpanded)
            {
                for (int i = 0; i < part.Count; i++)
                    yield return (input + i, 1);
            }
            else
            {
                ParentLayer below = parents[part.Layer];
                for (int row = 0; row < below.ChildRows.Count; row++)
                    yield return (input + below.ChildRows.NeuronOf(row), below.DealsOutgoing ? 1 : below.Expansion.Factor);
            }

            input += part.Count;
        }
    }

    private static void ForAll(Action<ParentLayer[]> assert)
    {
        for (int number = 0; number < Graphs; number++)
        {
            ParentLayer[] parents = Draw(number);
            Exception? error = Record.Exception(() => assert(parents));
            Assert.True(error is null, $"Draw({number}): {error}");
        }
    }

    private static ParentLayer[] Draw(int number)
    {
        var random = new RandomStream(number, RandomPurpose.Synthesis);
        int inputs = 2 + random.NextInt32(8);
        var parents = new ParentLayer[2 + random.NextInt32(5)];
        int fewest = 2 + random.NextInt32(3);
        var unread = new HashSet<int>();
        for (int l = 0; l < parents.Length; l++)
        {
            bool isOutput = l + 1 == parents.Length;
            List<int> sources = [.. Enumerable.Range(0, 1 + random.NextInt32(3)).Select(_ => random.NextInt32(l + 1) - 1)];
            if (isOutput)
                sources.AddRange(unread);
            unread.ExceptWith(sources);
            InputPart[] parts = [.. sources.Select(source => new InputPart(source < 0 ? inputs : parents[source].Neurons, source))];

            int neurons = fewest + random.NextInt32(6);
            int fanIn = parts.Sum(part => part.Count);
            ExpansionPlan plan = isOutput ? ExpansionPlan.None : new ExpansionPlan(
                1 + random.NextInt32(fewest), Split.Random, 1 + random.NextInt32(2), random.NextInt32(2) == 0 ? Outgoing.Deal : Outgoing.Prune);
            // Groups of readers share a child: enough of them for each.
            if (plan.Factor > 1 && plan.Outgoing == Outgoing.Deal)
                plan = plan with { Factor = Math.Min(plan.Factor, Math.Max(1, fewest / 2)) };
            double[] weights = [.. Enumerable.Range(1, fanIn * neurons).Select(i => i + (0.5 * l))];
            parents[l] = new ParentLayer($"Layer{l}", fanIn, neurons, plan, weights, new double[neurons]) { Parts = parts };
            if (!isOutput)
                unread.Add(l);
        }

        return parents;
    }
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>The summary names the children that pruning left without inputs or without readers.</summary>
public class LostChildrenTests
{
    private static readonly Device Device = new ReferenceDevice(ElementType.Float32);

    public static TheoryData<string> Plans => [.. ((IEnumerable<string>)Expansions.Names).Where(name => Expansions.Plan(name) is { IsExpanded: true, LearnsEdges: false } plan
        && !plan.EdgeLayers.Any(layer => layer.Expansion.TiesBiases) && !plan.Layers.OfType<LayerNormPlan>().Any())];

    [Fact]
    public void Children_without_inputs_or_outputs_are_named()
    {
        using var model = new PlannedModel(Expansions.Plan("deal"), seed: 4, Device);
        model.Expand();
        Assert.Empty(model.Summarize().Notes());

        Cut(model, hidden: (row, _) => row is 2, logits: (_, column) => column is >= 4 and < 16);
        ModelSummary summary = model.Summarize();
        Assert.Equal([2], summary.Layers[0].WithoutInputs);
        Assert.Equal(Enumerable.Range(4, 12), summary.Layers[0].WithoutOutputs);
        Assert.Empty(summary.Layers[1].WithoutInputs);
        Assert.Empty(summary.Layers[1].WithoutOutputs);
        Assert.EndsWith(
            "Hidden: 1 of 18 children have no inputs: 2.\nHidden: 12 of 18 children have no outputs: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more.\n",
            summary.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_lost_before_expansion()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        Cut(model, hidden: (row, _) => row is 2, logits: (_, column) => column is 3);
        Assert.Empty(model.Summarize().Notes());
    }

    /// <summary>A child is read if and only if its bias changes an output; layer norms, which read every value, are left out.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Lost_children_are_those_that_have_no_effect(string name)
    {
        using var model = new PlannedModel(Expansions.Plan(name), seed: 4, Device);
        model.Expand();
        CutSome(model);
        var random = new RandomStream(5, RandomPurpose.Synthesis);
        float[] samples = [.. Enumerable.Range(0, 40 * model.Plan.InputCount).Select(_ => (random.NextSingle() * 4) - 2)];
        float[] usual = model.Outputs(samples);
        ModelSummary summary = model.Summarize();
        int lost = 0;
        foreach ((LayerSummary line, EdgeLayer layer) in summary.Layers.Zip(model.Layers).Where(pair => pair.Second is EdgeLayer && pair.First.Share > 0).Select(pair => (pair.First, (EdgeLayer)pair.Second)))
        {
            float[] weights = layer.ToDense();
            int columns = layer.Edges.InputCount;
            Assert.Equal(Enumerable.Range(0, layer.Edges.OutputCount).Where(row => !weights.AsSpan(row * columns, columns).ContainsAnyExcept(0f)), line.WithoutInputs);
            int[] withoutEffect = [.. Enumerable.Range(0, layer.Edges.OutputCount).Where(row => !HasEffect(model, layer, row, samples, usual))];
            Assert.Subset(withoutEffect.ToHashSet(), line.WithoutOutputs.ToHashSet());

            // Of values that are added up it counts as read what is read of one of them.
            if (!model.Plan.Layers.OfType<AddPlan>().Any())
                Assert.Equal(withoutEffect, line.WithoutOutputs);
            lost += line.WithoutInputs.Count + line.WithoutOutputs.Count;
        }

        Assert.NotEqual(0, lost);
    }

    private static bool HasEffect(PlannedModel model, EdgeLayer layer, int row, float[] samples, float[] usual)
    {
        var biases = new double[layer.Bias.Count];
        layer.Bias.Value.Read(biases);
        bool changes = false;
        foreach (double shift in new[] { 50, -50 })
        {
            double[] shifted = [.. biases];
            shifted[row] += shift;
            layer.Bias.Value.Write(shifted);
            changes |= !model.Outputs(samples).SequenceEqual(usual);
        }

        layer.Bias.Value.Write(biases);
        return changes;
    }

    /// <summary>Removes all edges of some rows and of some columns of every layer.</summary>
    private static void CutSome(Model model)
    {
        foreach ((EdgeLayer layer, int l) in model.EdgeLayers.Select((layer, l) => (layer, l)))
            Cut(layer, (row, column) => (row + l) % 7 == 3 || column % 5 == 1);
    }

    private static void Cut(Model model, Func<int, int, bool> hidden, Func<int, int, bool> logits)
    {
        EdgeLayer[] layers = [.. model.EdgeLayers];
        Cut(layers[0], hidden);
        Cut(layers[1], logits);
    }

    private static void Cut(EdgeLayer layer, Func<int, int, bool> isCut)
    {
        EdgeLayout layout = layer.Edges;
        var rows = new LayoutRows(layout);
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int row = 0; row < layout.OutputCount; row++)
        {
            int first = rows.FirstSlot(row);
            int[] all = rows.Columns(row).ToArray();
            blocks.Add(([row], [.. Enumerable.Range(0, all.Length).Where(i => layout.IsKept(first + i) && !isCut(row, all[i])).Select(i => all[i])]));
        }

        var sparse = EdgeLayout.OfBlocks(EdgeStructure.Sparse, layout.OutputCount, layout.InputCount, blocks);
        layer.ReplaceEdges(sparse, EdgeTransfer.Between(layout, sparse));
    }
}

using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>Checks the result of an <see cref="ExpansionMethod"/>. Messages contain the method, the layer and the numbers.</summary>
internal static class ExpandedLayerRules
{
    /// <summary>Checks shapes, values and the number of edges.</summary>
    /// <exception cref="ExpansionException">The result violates the contract of <see cref="ExpansionMethod"/>.</exception>
    public static void Check(string method, IReadOnlyList<ParentLayer> parents, IReadOnlyList<ExpandedLayer> expanded, long weightBudget)
    {
        if (expanded.Count != parents.Count)
            throw new ExpansionException($"{method} returned {expanded.Count} layers for {parents.Count}.");
        for (int l = 0; l < parents.Count; l++)
        {
            int inputs = parents[l].PartsAt(l).Sum(part => part.Layer == InputPart.NotExpanded ? part.Count : expanded[part.Layer].Layout.OutputCount * part.Places);
            CheckLayer(method, parents[l], expanded[l], inputs / parents[l].InputGroups);
        }

        long edges = expanded.Sum(layer => (long)layer.Layout.EdgeCount);
        if (edges != weightBudget)
            throw new ExpansionException($"{method} returned {edges} weights instead of the budget of {weightBudget}.");
    }

    private static void CheckLayer(string method, ParentLayer parent, ExpandedLayer layer, int inputs)
    {
        EdgeLayout layout = layer.Layout;
        int outputs = parent.ChildRows.Count;
        if (layout.OutputCount != outputs || layout.InputCount != inputs)
            throw Broken($"{layout.InputCount} inputs and {layout.OutputCount} outputs instead of {inputs} and {outputs}");
        if (layer.Weights.Length != layout.SlotCount)
            throw Broken($"{layer.Weights.Length} weights for {layout.SlotCount} slots");
        if (layer.Biases.Length != outputs)
            throw Broken($"{layer.Biases.Length} biases for {outputs} outputs");
        int infinite = Array.FindIndex(layer.Weights, weight => !double.IsFinite(weight));
        if (infinite >= 0)
            throw Broken($"a weight that is {layer.Weights[infinite]}, in slot {infinite}");

        for (int row = 0; parent.Expansion.TiesBiases && row < outputs; row++)
        {
            double first = layer.Biases[parent.ChildRows.FirstSiblingOf(row)];
            if (!layer.Biases[row].Equals(first))
                throw Broken($"bias {layer.Biases[row]} for output {row}, whose siblings have {first}, though biases are tied");
        }

        ExpansionException Broken(string what) => new($"{method} returned {parent.Name} with {what}.");
    }
}

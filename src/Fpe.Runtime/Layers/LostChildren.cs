using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// Finds the children that pruning has left without inputs, or without outputs: no weight reads their value, or only those of children
/// that have no outputs themselves.
/// </summary>
internal sealed class LostChildren
{
    private readonly EdgeLayer[] layers;
    private readonly bool[][] isRead;

    private LostChildren(Model model)
    {
        layers = [.. model.EdgeLayers];
        isRead = new bool[layers.Length][];
        for (int l = 0; l < layers.Length; l++)
        {
            // What is added up is read together.
            isRead[l] = model.Plan.EdgeSums[l] == l ? new bool[layers[l].Edges.OutputCount] : isRead[model.Plan.EdgeSums[l]];
            if (model.Plan.IsReadWhole(l))
                isRead[l].AsSpan().Fill(true);
        }

        // Readers come later than what they read, so it is known by then which of their own rows are read.
        for (int reader = layers.Length - 1; reader >= 0; reader--)
            MarkRead(model.Plan, reader);
    }

    /// <summary>Examines a model as it is.</summary>
    public static LostChildren Of(Model model) => new(model);

    /// <summary>Returns the summary of a layer, with its lost children if it is expanded.</summary>
    public LayerSummary Complete(Layer layer, LayerSummary summary)
    {
        int index = Array.IndexOf(layers, layer);
        return index < 0 || summary.Share == 0 ? summary : summary with
        {
            WithoutInputs = WithoutInputs(layers[index].Edges).ToValueList(),
            WithoutOutputs = Enumerable.Range(0, isRead[index].Length).Where(row => !isRead[index][row]).ToValueList(),
        };
    }

    private static IEnumerable<int> WithoutInputs(EdgeLayout layout)
    {
        var rows = new LayoutRows(layout);
        return Enumerable.Range(0, layout.OutputCount).Where(row => !Enumerable.Range(rows.FirstSlot(row), rows.Columns(row).Length).Any(layout.IsKept));
    }

    /// <summary>Marks the rows whose columns a layer reads, part by part.</summary>
    private void MarkRead(ModelPlan plan, int reader)
    {
        bool[] columns = ReadColumns(layers[reader].Edges.AcrossGroups(layers[reader].Plan.InputGroups), isRead[reader]);
        int first = 0;
        foreach (InputPart part in plan.EdgeParts[reader])
        {
            int rows = part.Layer == InputPart.NotExpanded ? part.Units : layers[part.Layer].Edges.OutputCount;
            for (int row = 0; part.Layer != InputPart.NotExpanded && row < rows; row++)
                isRead[plan.EdgeSums[part.Layer]][row] |= columns.AsSpan(first + (row * part.Places), part.Places).Contains(true);
            first += rows * part.Places;
        }
    }

    /// <summary>Returns which columns are read by rows that are read themselves.</summary>
    private static bool[] ReadColumns(EdgeLayout layout, bool[] isRowRead)
    {
        var read = new bool[layout.InputCount];
        var rows = new LayoutRows(layout);
        for (int row = 0; row < layout.OutputCount; row++)
        {
            int slot = rows.FirstSlot(row);
            foreach (int column in rows.Columns(row))
                read[column] |= layout.IsKept(slot++) && isRowRead[row];
        }

        return read;
    }
}

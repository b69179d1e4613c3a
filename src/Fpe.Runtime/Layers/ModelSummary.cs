using System.Globalization;
using System.Text;
using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>A table of a model's layers with totals; the result of <see cref="Model.Summarize"/>.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="IsExpanded">Whether the model was expanded.</param>
/// <param name="Layers">The layers, from input to output.</param>
public sealed record ModelSummary(string Model, bool IsExpanded, IReadOnlyList<LayerSummary> Layers)
{
    /// <summary>Headings of the columns that <see cref="Cells"/> fills.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["layer", "kind", "shape", "parents × children", "share", "dense", "before", "kept", "pruned", "biases", "density", "multiply-adds"];

    /// <summary>Weights of the dense parent.</summary>
    public long DenseWeights => Layers.Sum(layer => layer.DenseWeights);

    /// <summary>Weights after expansion, before pruning.</summary>
    public long WeightsBeforePruning => Layers.Sum(layer => layer.WeightsBeforePruning);

    /// <summary>Remaining (non-zero) weights.</summary>
    public long Weights => Layers.Sum(layer => layer.Weights);

    /// <summary>Weights that pruning removed.</summary>
    public long PrunedWeights => Layers.Sum(layer => layer.PrunedWeights);

    /// <summary>Biases.</summary>
    public long Biases => Layers.Sum(layer => layer.Biases);

    /// <summary>Multiply-adds for one sample.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>
    /// Returns the summary as text: one line per layer and a last line of totals, with the columns of <see cref="Columns"/>.
    /// </summary>
    public IEnumerable<IReadOnlyList<string>> Cells()
    {
        foreach (LayerSummary layer in Layers)
        {
            yield return
            [
                layer.Name, layer.Kind, layer.Shape,
                layer.Parents == 0 ? "" : $"{layer.Parents} × {layer.Children}",
                layer.Share == 0 ? "" : Text(layer.Share),
                Text(layer.DenseWeights), Text(layer.WeightsBeforePruning), Text(layer.Weights), Text(layer.PrunedWeights), Text(layer.Biases),
                layer.Weights == 0 ? "" : layer.Density.ToString("0.0 %", CultureInfo.InvariantCulture), Text(layer.MultiplyAdds),
            ];
        }

        yield return
        [
            "total", "", $"{Layers[0].Inputs} → {Layers[^1].Outputs}", "", "",
            Text(DenseWeights), Text(WeightsBeforePruning), Text(Weights), Text(PrunedWeights), Text(Biases), "", Text(MultiplyAdds),
        ];
    }

    /// <summary>
    /// Returns what is wrong with the network, a sentence for each expanded layer with children that have no inputs or no outputs, which names
    /// the first of them.
    /// </summary>
    public IEnumerable<string> Notes()
    {
        foreach (LayerSummary layer in Layers)
        {
            if (layer.WithoutInputs.Count > 0)
                yield return Note(layer, layer.WithoutInputs, "inputs");
            if (layer.WithoutOutputs.Count > 0)
                yield return Note(layer, layer.WithoutOutputs, "outputs");
        }
    }

    /// <summary>Returns the summary as an aligned table, with <see cref="Notes"/> below it.</summary>
    public override string ToString()
    {
        IReadOnlyList<string>[] rows = [Columns, .. Cells()];
        int[] widths = [.. Enumerable.Range(0, Columns.Count).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));
            text.AppendLine(line.TrimEnd());
        }

        foreach (string note in Notes())
            text.AppendLine(note);
        return text.ToString();
    }

    internal static ModelSummary Of(Model model)
    {
        var counts = new Queue<LayerWeights>(model.Plan.LayerCounts);
        LostChildren? lost = model.IsExpanded ? LostChildren.Of(model) : null;
        return new ModelSummary(model.Plan.Name, model.IsExpanded, [.. model.Layers.Select(Summarize)]);

        LayerSummary Summarize(Layer layer)
        {
            LayerSummary summary = layer.Summarize(layer.Plan.Size is null ? default : counts.Dequeue(), model.IsExpanded);
            return lost?.Complete(layer, summary) ?? summary;
        }
    }

    private static string Note(LayerSummary layer, IReadOnlyList<int> children, string missing)
    {
        const int Named = 10;
        string names = string.Join(", ", children.Take(Named).Select(child => Text(child)));
        string more = children.Count > Named ? $" and {Text(children.Count - Named)} more" : "";
        return $"{layer.Name}: {Text(children.Count)} of {Text((long)layer.Parents * layer.Children)} children have no {missing}: {names}{more}.";
    }

    private static string Text(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}

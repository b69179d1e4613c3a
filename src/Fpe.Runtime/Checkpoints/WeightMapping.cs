namespace Fpe.Checkpoints;

/// <summary>Which tensor of a file became which parameter of a model. Its text is a table to check.</summary>
/// <param name="File">The file.</param>
/// <param name="Model">The name of the model.</param>
/// <param name="Tensors">The parameters in the order of the model, then the tensors that were left out.</param>
public sealed record WeightMapping(string File, string Model, IReadOnlyList<MappedTensor> Tensors)
{
    /// <summary>
    /// Returns the mapping as an explicit map, with which other files of the same kind can be imported even if their names or shapes do not
    /// decide: tensor → parameter, or null for a tensor that is left out.
    /// </summary>
    public IReadOnlyDictionary<string, string?> ToMap() =>
        Tensors.Where(mapped => mapped.Tensor is not null).ToDictionary(mapped => mapped.Tensor!, mapped => mapped.Parameter, StringComparer.Ordinal);

    /// <summary>Returns one line per tensor: its name and shape, its parameter, and the reason.</summary>
    public override string ToString()
    {
        string[][] rows = [.. Tensors.Select(mapped => (string[])
        [
            mapped.Tensor ?? "0", TensorEntry.Text([.. mapped.Shape]), "→ " + (mapped.Parameter ?? "left out"), mapped.ReasonText,
        ])];
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3]}").Prepend($"{File} → {Model}"));
    }
}

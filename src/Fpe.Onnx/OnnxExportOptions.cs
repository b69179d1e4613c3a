namespace Fpe.Onnx;

/// <summary>How a model is written to an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// Whether every layer is one dense matrix, with zeros where there is no edge, even where neurons share partitions and
    /// gathered blocks would be smaller; false by default.
    /// </summary>
    public bool Dense { get; init; }
}

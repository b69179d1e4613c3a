namespace Fpe.Onnx;

/// <summary>Options for exporting a model to an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// Gets whether every layer is written as a dense matrix, with zeros for edges that do not exist, even if neurons share partitions and
    /// gathered blocks would be smaller; false by default.
    /// </summary>
    public bool Dense { get; init; }
}

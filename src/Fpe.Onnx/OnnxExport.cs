using System.Globalization;

namespace Fpe.Onnx;

/// <summary>The contents of an ONNX file.</summary>
/// <param name="Layers">The layers with weights, from input to output.</param>
/// <param name="FileSize">The size of the file in bytes.</param>
public sealed record OnnxExport(IReadOnlyList<OnnxLayer> Layers, long FileSize)
{
    /// <summary>Gets the number of weights in the file, which equals the number that the compiler proved for the model.</summary>
    public long Weights => Layers.Sum(layer => layer.Weights);

    /// <summary>Returns one line per layer and a last line with totals.</summary>
    public override string ToString() => string.Join(
        '\n', Layers.Select(layer => layer.ToString()).Append(string.Create(CultureInfo.InvariantCulture, $"{Weights:#,0} weights, {FileSize:#,0} bytes")));
}

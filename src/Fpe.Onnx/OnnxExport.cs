using System.Globalization;

namespace Fpe.Onnx;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Layers">The layers with weights, from input to output.</param>
/// <param name="FileSize">Bytes of the file.</param>
public sealed record OnnxExport(IReadOnlyList<OnnxLayer> Layers, long FileSize)
{
    /// <summary>Weights in the file: as many as the compiler proved for the model.</summary>
    public long Weights => Layers.Sum(layer => layer.Weights);

    /// <summary>One line a layer, and a last one of totals.</summary>
    public override string ToString() => string.Join(
        '\n', Layers.Select(layer => layer.ToString()).Append(string.Create(CultureInfo.InvariantCulture, $"{Weights:#,0} weights, {FileSize:#,0} bytes")));
}

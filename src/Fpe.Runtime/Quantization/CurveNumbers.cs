namespace Fpe.Quantization;

/// <summary>An activation that is a layer of its own.</summary>
/// <param name="Table">What becomes of each byte.</param>
/// <param name="Output">What the bytes of its value stand for.</param>
internal sealed record CurveNumbers(byte[] Table, ValueScale Output) : LayerNumbers(Output);

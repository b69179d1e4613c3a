namespace Fpe.Quantization;

/// <summary>A layer whose value has a range of its own, and that has no other number.</summary>
/// <param name="Output">What the bytes of its value stand for.</param>
internal sealed record RangeNumbers(ValueScale Output) : LayerNumbers(Output);

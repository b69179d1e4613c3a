namespace Fpe.Quantization;

/// <summary>A factor and a summand for each unit of a normalisation.</summary>
/// <param name="Scales">γ; that of a batch normalisation is divided by the deviation.</param>
/// <param name="Shifts">β; that of a batch normalisation has the mean in it.</param>
/// <param name="Output">What the bytes of its value stand for.</param>
internal sealed record UnitNumbers(float[] Scales, float[] Shifts, ValueScale Output) : LayerNumbers(Output);

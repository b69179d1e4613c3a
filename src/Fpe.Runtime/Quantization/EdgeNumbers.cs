using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>A layer with edges, with the normalisation and the activation that follow it.</summary>
/// <param name="Layout">The edges of a group, as the layer has them.</param>
/// <param name="Weights">A weight for each slot; 0 where there is no edge.</param>
/// <param name="Biases">One for each row, in units of its sums, less what the zero point of the inputs adds to them.</param>
/// <param name="RowScales">The number that a weight of 1 stands for, for each row; greater than 0.</param>
/// <param name="Sums">What bytes before the activation stand for; <paramref name="Output"/> if there is no table.</param>
/// <param name="Table">What the activation makes of each byte; null if cutting off below the zero point is all it does.</param>
/// <param name="Output">What the bytes of its value stand for.</param>
internal sealed record EdgeNumbers(
    EdgeLayout Layout, sbyte[] Weights, int[] Biases, float[] RowScales, ValueScale Sums, byte[]? Table, ValueScale Output) : LayerNumbers(Output);

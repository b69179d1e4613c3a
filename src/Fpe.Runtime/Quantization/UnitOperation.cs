using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>A factor and a summand for each unit: batch normalisation that does not follow a layer it could be part of.</summary>
/// <param name="source">The value that it reads: [units, places].</param>
/// <param name="places">Places.</param>
/// <param name="input">The scale of the value that it reads.</param>
/// <param name="factors">From steps of the value to those of the result, for each unit.</param>
/// <param name="summands">For each unit, in steps of the result times 2^shift.</param>
/// <param name="output">The scale of the result.</param>
internal sealed unsafe class UnitOperation(int source, int places, ValueScale input, FixedPoint factors, long[] summands, ValueScale output)
    : QuantizedOperation(source)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        byte* x = call.Value(Sources[0]), y = call.Y;
        for (int u = 0; u < summands.Length; u++)
        {
            for (int p = 0; p < places; p++)
                *y++ = output.ByteOf(FixedPoint.Round(((long)(*x++ - input.ZeroPoint) * factors.Multipliers[u]) + summands[u], factors.Shift));
        }
    }
}

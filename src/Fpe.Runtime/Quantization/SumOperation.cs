using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>Adds values of different scales.</summary>
/// <param name="sources">The values.</param>
/// <param name="width">Bytes of each.</param>
/// <param name="inputs">Their scales.</param>
/// <param name="factors">From steps of each value to those of the sum.</param>
/// <param name="output">The scale of the sum.</param>
internal sealed unsafe class SumOperation(int[] sources, int width, ValueScale[] inputs, FixedPoint factors, ValueScale output) : QuantizedOperation(sources)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        for (int i = 0; i < width; i++)
        {
            long sum = 0;
            for (int s = 0; s < inputs.Length; s++)
                sum += (long)(call.Value(Sources[s])[i] - inputs[s].ZeroPoint) * factors.Multipliers[s];
            call.Y[i] = output.ByteOf(FixedPoint.Round(sum, factors.Shift));
        }
    }
}

using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>
/// Layer normalisation at each place. Sums over units are exact integers; the rest is arithmetic in double precision, one operation after the
/// other, which IEEE 754 makes the same on every processor.
/// </summary>
/// <param name="source">The value that it reads: [units, places].</param>
/// <param name="places">Places.</param>
/// <param name="input">The scale of the value that it reads.</param>
/// <param name="scales">γ, for each unit.</param>
/// <param name="shifts">β, for each unit.</param>
/// <param name="epsilon">ε.</param>
/// <param name="output">The scale of the result.</param>
internal sealed unsafe class NormOperation(int source, int places, ValueScale input, float[] scales, float[] shifts, double epsilon, ValueScale output)
    : QuantizedOperation(source)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        byte* x = call.Value(Sources[0]);
        int units = scales.Length;
        for (int p = 0; p < places; p++)
        {
            long sum = 0, squares = 0;
            for (int u = 0; u < units; u++)
            {
                int value = x[(u * places) + p];
                sum += value;
                squares += value * value;
            }

            double variance = ((double)((units * squares) - (sum * sum)) / units / units * input.Scale * input.Scale) + epsilon;
            double step = input.Scale / Math.Sqrt(variance) / units;
            for (int u = 0; u < units; u++)
            {
                long deviation = ((long)units * x[(u * places) + p]) - sum;
                call.Y[(u * places) + p] = output.Quantize((deviation * step * scales[u]) + shifts[u]);
            }
        }
    }
}

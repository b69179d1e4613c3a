using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>The mean of each unit over its places: of an image, of a sequence, or of the places with a token.</summary>
/// <param name="source">The value that it reads: [units, places].</param>
/// <param name="units">Units.</param>
/// <param name="places">Places.</param>
/// <param name="tokens">Where the tokens of the places begin in the sample; −1 if all places count.</param>
/// <param name="input">The scale of the value that it reads.</param>
/// <param name="factors">From steps of a sum to those of the mean: one if all places count, and otherwise for each number of them, from 0.</param>
/// <param name="output">The scale of the mean.</param>
internal sealed unsafe class PlacesOperation(int source, int units, int places, int tokens, ValueScale input, FixedPoint factors, ValueScale output)
    : QuantizedOperation(source)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        byte* x = call.Value(Sources[0]);
        for (int u = 0; u < units; u++, x += places)
        {
            long sum = 0;
            int count = 0;
            for (int p = 0; p < places; p++)
            {
                if (tokens >= 0 && call.Sample[tokens + p] < 0)
                    continue;
                sum += x[p] - input.ZeroPoint;
                count++;
            }

            call.Y[u] = output.ByteOf(FixedPoint.Round(sum * factors.Multipliers[tokens < 0 ? 0 : count], factors.Shift));
        }
    }
}

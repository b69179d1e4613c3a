using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>The sum, or the mean, of the rows of all tokens of a sample.</summary>
/// <param name="tokens">Where the tokens begin in the sample; a negative one is none.</param>
/// <param name="rows">The table.</param>
/// <param name="places">The most tokens of a sample.</param>
/// <param name="factors">From steps of a sum to those of the result, for each number of tokens, from 0.</param>
/// <param name="output">The scale of the result.</param>
internal sealed unsafe class BagOperation(int tokens, TableNumbers rows, int places, FixedPoint factors, ValueScale output) : QuantizedOperation
{
    /// <inheritdoc/>
    public override SamplePart? Tokens => new SamplePart(tokens, places, rows.Vocabulary);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        for (int u = 0; u < rows.Dimension; u++)
        {
            long sum = 0;
            int count = 0;
            for (int p = 0; p < places; p++)
            {
                float token = call.Sample[tokens + p];
                if (token < 0)
                    continue;
                sum += rows.Step((int)token, u);
                count++;
            }

            call.Y[u] = output.ByteOf(FixedPoint.Round(sum * factors.Multipliers[count], factors.Shift));
        }
    }
}

using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>Looks up a row of bytes for each token, and adds that of its place: [dimension, places].</summary>
/// <param name="tokens">Where the tokens begin in the sample; a negative one is none, and gives zeros.</param>
/// <param name="rows">The tables.</param>
/// <param name="places">Tokens of a sample.</param>
/// <param name="factors">From steps of the tables to those of the result.</param>
/// <param name="output">The scale of the result.</param>
internal sealed unsafe class LookupOperation(int tokens, TableNumbers rows, int places, FixedPoint factors, ValueScale output) : QuantizedOperation
{
    /// <inheritdoc/>
    public override SamplePart? Tokens => new SamplePart(tokens, places, rows.Vocabulary);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        for (int p = 0; p < places; p++)
        {
            float token = call.Sample[tokens + p];
            for (int u = 0; u < rows.Dimension; u++)
                call.Y[(u * places) + p] = token < 0 ? output.ZeroPoint : output.ByteOf(FixedPoint.Round(SumOf((int)token, p, u), factors.Shift));
        }
    }

    private long SumOf(int token, int place, int unit)
    {
        long sum = (long)rows.Step(token, unit) * factors.Multipliers[0];
        return rows.Positions is null ? sum : sum + ((long)rows.PositionStep(place, unit) * factors.Multipliers[1]);
    }
}

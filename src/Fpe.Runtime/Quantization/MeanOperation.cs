using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>Average pooling, where padding counts as 0.</summary>
/// <param name="source">The value that it reads.</param>
/// <param name="shape">The image and the window.</param>
/// <param name="input">The scale of the value that it reads.</param>
/// <param name="factor">From steps of a sum over the window to those of the mean.</param>
/// <param name="output">The scale of the mean.</param>
internal sealed unsafe class MeanOperation(int source, Pool2dShape shape, ValueScale input, FixedPoint factor, ValueScale output) : WindowOperation(source, shape)
{
    /// <inheritdoc/>
    protected override byte ValueOf(byte* x, ReadOnlySpan<int> inside)
    {
        long sum = 0;
        foreach (int value in inside)
            sum += x[value] - input.ZeroPoint;
        return output.ByteOf(FixedPoint.Round(sum * factor.Multipliers[0], factor.Shift));
    }
}

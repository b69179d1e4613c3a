using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>Max pooling; bytes keep their scale.</summary>
/// <param name="source">The value that it reads.</param>
/// <param name="shape">The image and the window.</param>
internal sealed unsafe class MaxOperation(int source, Pool2dShape shape) : WindowOperation(source, shape)
{
    /// <inheritdoc/>
    protected override byte ValueOf(byte* x, ReadOnlySpan<int> inside)
    {
        byte largest = 0;
        foreach (int value in inside)
            largest = Math.Max(largest, x[value]);
        return largest;
    }
}

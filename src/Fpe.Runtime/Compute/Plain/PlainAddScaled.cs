using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Sums of buffers, element by element.</summary>
internal static class PlainAddScaled<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y += scale · x.</summary>
    public static void Add(ReadOnlySpan<T> x, T scale, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] += scale * x[i];
    }
}

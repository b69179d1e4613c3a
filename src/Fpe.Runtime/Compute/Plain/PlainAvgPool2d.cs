using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Means of windows over images. Padding counts as zeros. Samples, and channels within a sample, are stored one after the other.</summary>
internal static class PlainAvgPool2d<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(Pool2dShape shape, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int o = 0; o < y.Length; o++)
        {
            T sum = T.Zero;
            foreach (int seen in shape.Seen(o))
                sum += x[seen];
            y[o] = sum / T.CreateChecked(shape.Window.Count);
        }
    }

    public static void InputGradient(Pool2dShape shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        dx.Clear();
        for (int o = 0; o < dy.Length; o++)
        {
            foreach (int seen in shape.Seen(o))
                dx[seen] += dy[o] / T.CreateChecked(shape.Window.Count);
        }
    }
}

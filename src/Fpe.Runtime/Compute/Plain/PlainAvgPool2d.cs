using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>The means of windows over images. A sample by a sample and a channel by a channel lie behind each other.</summary>
internal static class PlainAvgPool2d<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(Pool2dShape shape, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int o = 0; o < y.Length; o++)
        {
            T sum = T.Zero;
            for (int i = 0, row = shape.FirstSeen(o); i < shape.Kernel; i++, row += shape.Input.Width)
            {
                foreach (T value in x.Slice(row, shape.Kernel))
                    sum += value;
            }

            y[o] = sum / T.CreateChecked(shape.Kernel * shape.Kernel);
        }
    }

    public static void InputGradient(Pool2dShape shape, ReadOnlySpan<T> dy, Span<T> dx)
    {
        dx.Clear();
        for (int o = 0; o < dy.Length; o++)
        {
            T share = dy[o] / T.CreateChecked(shape.Kernel * shape.Kernel);
            for (int i = 0, row = shape.FirstSeen(o); i < shape.Kernel; i++, row += shape.Input.Width)
            {
                foreach (ref T gradient in dx.Slice(row, shape.Kernel))
                    gradient += share;
            }
        }
    }
}

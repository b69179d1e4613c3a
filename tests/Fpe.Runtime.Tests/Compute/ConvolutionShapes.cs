using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Shapes that reach every border, tail and step of the kernels of images.</summary>
internal static class ConvolutionShapes
{
    public static readonly int[] Batches = [0, 1, 8, 9, 16, 17, 41];

    /// <summary>All small kernels, strides and paddings over small images, with few and odd numbers of channels and filters.</summary>
    public static IEnumerable<Conv2dShape> Small()
    {
        (int Channels, int Filters)[] widths = [(1, 1), (2, 3), (3, 5), (5, 2)];
        int next = 0;
        foreach ((int height, int width) in ((int, int)[])[(1, 1), (1, 5), (4, 3), (6, 7)])
        {
            for (int kernel = 1; kernel <= 5; kernel++)
            {
                for (int padding = 0; padding < kernel; padding++)
                {
                    for (int stride = 1; stride <= 3 && kernel <= Math.Min(height, width) + 2 * padding; stride++)
                    {
                        (int channels, int filters) = widths[next++ % widths.Length];
                        yield return new Conv2dShape(new ImageShape(channels, height, width), filters, kernel, stride, padding);
                    }
                }
            }
        }
    }

    /// <summary>Channels and filters beyond every tile and block of the kernels.</summary>
    public static IEnumerable<Conv2dShape> Wide()
    {
        for (int count = 4; count <= 17; count++)
            yield return new Conv2dShape(new ImageShape(21 - count, 5, 4), count, 3, 1, 1);
        yield return new Conv2dShape(new ImageShape(40, 3, 3), 6, 1);
        yield return new Conv2dShape(new ImageShape(13, 9, 8), 9, 5, 2, 2);
        yield return new Conv2dShape(new ImageShape(2, 12, 12), 3, 11, 1, 5);
        yield return new Conv2dShape(new ImageShape(5, 4, 19), 30, 3, 1, 1);
        yield return new Conv2dShape(new ImageShape(9, 3, 37), 33, 3, 2, 1);
        yield return new Conv2dShape(new ImageShape(38, 5, 4), 43, 3, 1, 1);
        yield return new Conv2dShape(new ImageShape(45, 3, 3), 64, 3, 1, 1);
    }

    /// <summary>Windows that differ over rows and columns, with dilation, over channels in one group or several.</summary>
    public static IEnumerable<Conv2dShape> General()
    {
        (int Channels, int Filters, int Groups)[] widths = [(1, 2, 1), (4, 2, 2), (3, 3, 3), (2, 6, 2), (6, 9, 3), (5, 5, 5)];
        int next = 0;
        foreach ((int height, int width) in ((int, int)[])[(1, 9), (5, 4), (7, 8)])
        {
            foreach (WindowSide rows in Sides(height))
            {
                foreach (WindowSide columns in Sides(width).Where((_, i) => (i + next) % 7 == 0))
                {
                    (int channels, int filters, int groups) = widths[next++ % widths.Length];
                    yield return new Conv2dShape(new ImageShape(channels, height, width), filters, new Window2d(rows, columns), groups);
                }
            }
        }

        yield return new Conv2dShape(new ImageShape(34, 4, 5), 51, Window2d.Square(3, 1, 1), 17);
        yield return new Conv2dShape(new ImageShape(16, 5, 20), 50, Window2d.Square(3, padding: 2, dilation: 2), 2);
        yield return new Conv2dShape(new ImageShape(18, 4, 5), 26, Window2d.Square(2), 2);
        yield return new Conv2dShape(new ImageShape(33, 6, 5), 33, Window2d.Square(3, 1, 1), 33);
    }

    private static IEnumerable<WindowSide> Sides(int size) =>
        from kernel in Enumerable.Range(1, 4)
        from stride in Enumerable.Range(1, 3)
        from dilation in Enumerable.Range(1, 3)
        where kernel > 1 || dilation == 1
        from padding in ((int[])[0, 1, (kernel - 1) * dilation]).Distinct()
        let side = new WindowSide(kernel, stride, padding, dilation)
        where padding < side.Reach && side.Reach <= size + 2 * padding
        select side;

    public static IEnumerable<Pool2dShape> Pools()
    {
        foreach ((int height, int width) in ((int, int)[])[(1, 1), (2, 5), (4, 4), (7, 6)])
        {
            for (int kernel = 1; kernel <= Math.Min(height, width) + 2; kernel++)
            {
                for (int padding = 0; padding <= kernel / 2; padding++)
                {
                    for (int stride = 1; stride <= 4 && kernel <= Math.Min(height, width) + 2 * padding; stride++)
                        yield return new Pool2dShape(new ImageShape(1 + (kernel + stride) % 3, height, width), kernel, stride, padding);
                }
            }
        }
    }
}

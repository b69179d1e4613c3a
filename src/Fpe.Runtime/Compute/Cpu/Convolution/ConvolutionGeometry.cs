using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>A <see cref="Conv2dShape"/> as numbers that chunks on several threads can read.</summary>
internal readonly struct ConvolutionGeometry(Conv2dShape shape)
{
    public readonly int Channels = shape.Input.Channels, Height = shape.Input.Height, Width = shape.Input.Width, Pixels = shape.Input.Pixels;

    public readonly int Filters = shape.Filters, OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width, OutputPixels = shape.Output.Pixels;

    public readonly int Kernel = shape.Kernel, Stride = shape.Stride, Padding = shape.Padding, FanIn = shape.FanIn;

    private readonly double inverseKernel = 1.0 / shape.Kernel;

    public int KernelPixels => Kernel * Kernel;

    /// <summary>Multiply-adds for a sample, those of the padding included.</summary>
    public long MultiplyAdds => (long)Filters * FanIn * OutputPixels;

    /// <summary>The part of the window that lies inside the image, along one side: its first row and the number of rows.</summary>
    /// <param name="place">Row of the output.</param>
    /// <param name="size">Rows of the image.</param>
    public (int First, int Count) WindowAt(int place, int size)
    {
        int start = place * Stride - Padding;
        int first = Math.Max(0, -start);
        return (first, Math.Min(Kernel, size - start) - first);
    }

    /// <summary>
    /// The outputs that see a row of the image: the first row of the window with which one does, and how many do. They follow each other
    /// backwards, while the row of the window goes on by the stride.
    /// </summary>
    /// <param name="place">Row of the image.</param>
    /// <param name="outputs">Rows of the output.</param>
    public (int First, int Count) WindowsOver(int place, int outputs)
    {
        // output o sees the row with row place + padding − o · stride of its window, which is from 0 to kernel − 1
        int reach = place + Padding;
        int last = Math.Min(outputs - 1, reach / Stride);
        int first = reach < Kernel ? 0 : (reach - Kernel) / Stride + 1;
        return last < first ? (0, 0) : (reach - last * Stride, last - first + 1);
    }

    /// <summary>The pixels of a row of the output whose window sees a pixel of the image with its tap in this column.</summary>
    /// <param name="column">Column of the window.</param>
    public (int First, int End) OutputsThatSee(int column)
    {
        // 0 ≤ o · stride + column − padding < width
        int first = column >= Padding ? 0 : (Padding - column + Stride - 1) / Stride;
        int reach = Width + Padding - column;
        int end = reach <= 0 ? 0 : (reach - 1) / Stride + 1;
        return (first, Math.Min(end, OutputWidth));
    }

    /// <summary>Where a weight of a filter lies: its channel, and its row and column in the window.</summary>
    /// <param name="column">Number of the weight: (channel · kernel + row) · kernel + column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Channel, int Row, int Column) PlaceOf(int column)
    {
        // faster than divisions, and exact: quotients are half a kernel's inverse away from whole numbers, at least 1 / 2^17
        int line = (int)((column + 0.5) * inverseKernel);
        int channel = (int)((line + 0.5) * inverseKernel);
        return (channel, line - channel * Kernel, column - line * Kernel);
    }
}

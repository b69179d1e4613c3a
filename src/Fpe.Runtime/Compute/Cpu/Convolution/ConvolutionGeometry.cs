using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>The numbers of a <see cref="Conv2dShape"/> in a form that chunks on several threads can read.</summary>
internal readonly struct ConvolutionGeometry(Conv2dShape shape)
{
    public readonly int Channels = shape.Input.Channels, Height = shape.Input.Height, Width = shape.Input.Width, Pixels = shape.Input.Pixels;

    public readonly int Filters = shape.Filters, OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width, OutputPixels = shape.Output.Pixels;

    public readonly int Kernel = shape.Kernel, Stride = shape.Stride, Padding = shape.Padding, FanIn = shape.FanIn;

    private readonly double inverseKernel = 1.0 / shape.Kernel;

    public int KernelPixels => Kernel * Kernel;

    /// <summary>Multiply-adds per sample, including those of the padding.</summary>
    public long MultiplyAdds => (long)Filters * FanIn * OutputPixels;

    /// <summary>Returns the part of the window inside the image, along one side: its first row and the number of rows.</summary>
    /// <param name="place">Row of the output.</param>
    /// <param name="size">Rows of the image.</param>
    public (int First, int Count) WindowAt(int place, int size)
    {
        int start = place * Stride - Padding;
        int first = Math.Max(0, -start);
        return (first, Math.Min(Kernel, size - start) - first);
    }

    /// <summary>
    /// Returns the outputs whose window contains a row of the image: the first row of the window for which this is the case, and the number
    /// of outputs. Outputs are in descending order, while the row of the window increases by the stride.
    /// </summary>
    /// <param name="place">Row of the image.</param>
    /// <param name="outputs">Rows of the output.</param>
    public (int First, int Count) WindowsOver(int place, int outputs)
    {
        // the row is row place + padding − o · stride of the window of output o, which must be from 0 to kernel − 1
        int reach = place + Padding;
        int last = Math.Min(outputs - 1, reach / Stride);
        int first = reach < Kernel ? 0 : (reach - Kernel) / Stride + 1;
        return last < first ? (0, 0) : (reach - last * Stride, last - first + 1);
    }

    /// <summary>Returns the pixels of a row of the output for which a tap in this column is inside the image.</summary>
    /// <param name="column">Column of the window.</param>
    public (int First, int End) OutputsThatSee(int column)
    {
        // 0 ≤ o · stride + column − padding < width
        int first = column >= Padding ? 0 : (Padding - column + Stride - 1) / Stride;
        int reach = Width + Padding - column;
        int end = reach <= 0 ? 0 : (reach - 1) / Stride + 1;
        return (first, Math.Min(end, OutputWidth));
    }

    /// <summary>Returns the position of a weight of a filter: its channel, and its row and column in the window.</summary>
    /// <param name="column">Index of the weight: (channel · kernel + row) · kernel + column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Channel, int Row, int Column) PlaceOf(int column)
    {
        // faster than divisions, and exact: quotients differ from whole numbers by half a kernel's inverse, at least 1 / 2^17
        int line = (int)((column + 0.5) * inverseKernel);
        int channel = (int)((line + 0.5) * inverseKernel);
        return (channel, line - channel * Kernel, column - line * Kernel);
    }
}

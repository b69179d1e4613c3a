using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>The numbers of a <see cref="Conv2dShape"/> in a form that chunks on several threads can read.</summary>
internal readonly struct ConvolutionGeometry(Conv2dShape shape)
{
    /// <summary>Channels and filters of a group.</summary>
    public readonly int Channels = shape.GroupChannels, Filters = shape.GroupFilters;

    public readonly int Groups = shape.Groups, Height = shape.Input.Height, Width = shape.Input.Width, Pixels = shape.Input.Pixels;

    public readonly int OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width, OutputPixels = shape.Output.Pixels;

    public readonly int FanIn = shape.FanIn;

    /// <summary>The window over the rows, and over the columns.</summary>
    public readonly ConvolutionSide Rows = new(shape.Window.Rows, shape.Input.Height, shape.Output.Height);

    public readonly ConvolutionSide Columns = new(shape.Window.Columns, shape.Input.Width, shape.Output.Width);

    private readonly double inverseRows = 1.0 / shape.Window.Rows.Kernel, inverseColumns = 1.0 / shape.Window.Columns.Kernel;

    public int KernelPixels => Rows.Kernel * Columns.Kernel;

    /// <summary>Multiply-adds per sample, including those of the padding.</summary>
    public long MultiplyAdds => (long)Groups * Filters * FanIn * OutputPixels;

    /// <summary>Returns the floats from the first value of a channel to the value that a weight sees in the first window, without padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint DistanceOf(int channel, int row, int column) =>
        ((channel * (nint)Height + row * Rows.Dilation) * Width + column * Columns.Dilation) * Panel.Width;

    /// <summary>Returns the position of a weight of a filter: its channel, and its row and column in the window.</summary>
    /// <param name="column">Index of the weight: (channel · rows + row) · columns + column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Channel, int Row, int Column) PlaceOf(int column)
    {
        // faster than divisions, and exact: quotients differ from whole numbers by half a kernel's inverse, at least 1 / 2^17
        int line = (int)((column + 0.5) * inverseColumns);
        int channel = (int)((line + 0.5) * inverseRows);
        return (channel, line - channel * Rows.Kernel, column - line * Columns.Kernel);
    }
}

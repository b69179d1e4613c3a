namespace Fpe.Compute.Cpu;

/// <summary>The numbers of a <see cref="Pool2dShape"/> in a form that chunks on several threads can read; steps are in floats.</summary>
internal readonly struct PoolGeometry(Pool2dShape shape)
{
    public readonly int Channels = shape.Input.Channels, Height = shape.Input.Height, Width = shape.Input.Width;

    public readonly int OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width, OutputCount = shape.Output.Count;

    public readonly WindowSide Rows = shape.Window.Rows, Columns = shape.Window.Columns;

    /// <summary>Steps from a row of the image to the next, and from a channel to the next.</summary>
    public readonly nint RowStep = shape.Input.Width * Panel.Width, ChannelStep = shape.Input.Pixels * (nint)Panel.Width;

    /// <summary>Number of values that all windows of a sample see together, including padding.</summary>
    public long ValuesSeen => (long)OutputCount * Size;

    /// <summary>Number of values that a window sees, including padding.</summary>
    public int Size => Rows.Kernel * Columns.Kernel;
}

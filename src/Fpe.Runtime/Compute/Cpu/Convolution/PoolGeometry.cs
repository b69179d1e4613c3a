namespace Fpe.Compute.Cpu;

/// <summary>A <see cref="Pool2dShape"/> as numbers that chunks on several threads can read; steps are in floats.</summary>
internal readonly struct PoolGeometry(Pool2dShape shape)
{
    public readonly int Channels = shape.Input.Channels, OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width;

    public readonly int Kernel = shape.Kernel, OutputCount = shape.Output.Count;

    /// <summary>From a row of the image to the next, and from a channel to the next.</summary>
    public readonly nint RowStep = shape.Input.Width * Panel.Width, ChannelStep = shape.Input.Pixels * (nint)Panel.Width;

    /// <summary>From a place of the window to the next, and to that one row of the output below.</summary>
    public readonly nint WindowStep = shape.Stride * Panel.Width, WindowRowStep = shape.Stride * (nint)shape.Input.Width * Panel.Width;

    /// <summary>Values that all windows of a sample see together.</summary>
    public long ValuesSeen => (long)OutputCount * Kernel * Kernel;
}

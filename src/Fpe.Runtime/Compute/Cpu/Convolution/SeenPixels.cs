namespace Fpe.Compute.Cpu;

/// <summary>The pixels that a window of a pooling layer sees: the part of it inside the image.</summary>
internal struct SeenPixels
{
    public int Rows, Columns;

    /// <summary>Steps in floats from a row to the next.</summary>
    public nint RowStep;

    /// <summary>Number of pixels of the whole window, including those outside the image.</summary>
    public int WindowSize;
}

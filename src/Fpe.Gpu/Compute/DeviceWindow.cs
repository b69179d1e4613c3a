using Fpe.Compute;

namespace Fpe.Gpu.Compute;

/// <summary>A window over images, as kernels take it. Value (c, y, x) of an image is feature (c · height + y) · width + x.</summary>
internal readonly struct DeviceWindow(ImageShape input, ImageShape output, Window2d window)
{
    public readonly int Height = input.Height, Width = input.Width, OutputHeight = output.Height, OutputWidth = output.Width;
    public readonly int Rows = window.Rows.Kernel, Columns = window.Columns.Kernel;
    private readonly int rowStride = window.Rows.Stride, rowPadding = window.Rows.Padding, rowDilation = window.Rows.Dilation;
    private readonly int columnStride = window.Columns.Stride, columnPadding = window.Columns.Padding, columnDilation = window.Columns.Dilation;

    public int Pixels => Height * Width;

    public int OutputPixels => OutputHeight * OutputWidth;

    public int Count => Rows * Columns;

    /// <summary>The pixel that a place of the window sees, or −1 beyond the image.</summary>
    /// <param name="output">Pixel of the output.</param>
    /// <param name="i">Row of the window.</param>
    /// <param name="j">Column of the window.</param>
    public int Seen(int output, int i, int j)
    {
        int y = (output / OutputWidth * rowStride) - rowPadding + (i * rowDilation);
        int x = (output % OutputWidth * columnStride) - columnPadding + (j * columnDilation);
        return y >= 0 && y < Height && x >= 0 && x < Width ? (y * Width) + x : -1;
    }

    /// <summary>The pixel of the output whose window sees a pixel at a place, or −1 if there is none.</summary>
    /// <param name="pixel">Pixel of the input.</param>
    /// <param name="i">Row of the window.</param>
    /// <param name="j">Column of the window.</param>
    public int Seeing(int pixel, int i, int j)
    {
        int y = (pixel / Width) + rowPadding - (i * rowDilation), x = (pixel % Width) + columnPadding - (j * columnDilation);
        if (y < 0 || x < 0 || y % rowStride != 0 || x % columnStride != 0)
            return -1;
        y /= rowStride;
        x /= columnStride;
        return y < OutputHeight && x < OutputWidth ? (y * OutputWidth) + x : -1;
    }
}

using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>The window of a convolution along one side of the image, as kernels need it. The text speaks of rows.</summary>
/// <param name="window">The window.</param>
/// <param name="size">Rows of the image.</param>
/// <param name="outputs">Rows of the output.</param>
internal readonly struct ConvolutionSide(WindowSide window, int size, int outputs)
{
    private readonly WindowSide side = window;

    public readonly int Kernel = window.Kernel, Stride = window.Stride, Dilation = window.Dilation, Size = size, Outputs = outputs;

    /// <summary>
    /// Steps from a row of the window to the next that sees the same row of the image at another place, and from that place to the next,
    /// downwards: k · dilation + o · stride is the same for all of them.
    /// </summary>
    public readonly int KernelStep = window.Stride / CommonDivisor(window.Stride, window.Dilation), PlaceStep = window.Dilation / CommonDivisor(window.Stride, window.Dilation);

    /// <summary>Returns the row of the image that the first row of the window sees; less than 0 in the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(int place) => side.Seen(place, 0);

    /// <summary>Returns the row of the image that a row of the window sees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Seen(int place, int row) => side.Seen(place, row);

    /// <summary>Returns the part of the window inside the image: its first row and the number of rows.</summary>
    /// <param name="place">Row of the output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int Count) WindowAt(int place) => side.Inside(place, Size);

    /// <summary>
    /// Returns the outputs whose window sees a row of the image: the first row of the window for which this is the case, and the number of
    /// outputs. From one to the next, the row of the window increases by <see cref="KernelStep"/>, and the output decreases by
    /// <see cref="PlaceStep"/>.
    /// </summary>
    /// <param name="row">Row of the image.</param>
    public (int First, int Count) WindowsOver(int row)
    {
        // row k of the window of output o sees row k · dilation + o · stride − padding
        int reach = row + side.Padding;
        if (Dilation == 1)
        {
            int last = Math.Min(Outputs - 1, reach / Stride);
            int first = reach < Kernel ? 0 : (reach - Kernel) / Stride + 1;
            return last < first ? (0, 0) : (reach - last * Stride, last - first + 1);
        }

        int found = 0, firstRow = 0;
        for (int k = Kernel - 1; k >= 0; k--)
        {
            (int place, int rest) = Math.DivRem(reach - k * Dilation, Stride);
            if (rest == 0 && (uint)place < (uint)Outputs)
                (firstRow, found) = (k, found + 1);
        }

        return (firstRow, found);
    }

    /// <summary>Returns the output whose window sees a row of the image with one of its rows.</summary>
    public int OutputOver(int row, int kernelRow) => (row + side.Padding - kernelRow * Dilation) / Stride;

    /// <summary>Returns the outputs for which a row of the window is inside the image.</summary>
    /// <param name="kernelRow">Row of the window.</param>
    public (int First, int End) OutputsThatSee(int kernelRow)
    {
        // 0 ≤ o · stride + kernelRow · dilation − padding < size
        int offset = kernelRow * Dilation;
        int first = offset >= side.Padding ? 0 : (side.Padding - offset + Stride - 1) / Stride;
        int reach = Size + side.Padding - offset;
        int end = reach <= 0 ? 0 : (reach - 1) / Stride + 1;
        return (first, Math.Min(end, Outputs));
    }

    private static int CommonDivisor(int one, int other) => other == 0 ? one : CommonDivisor(other, one % other);
}

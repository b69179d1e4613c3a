using System;

namespace Fpe.Counting;

/// <summary>
/// The positions of a window that slides over an image, along one side. Like the counting rules, this file is compiled into both the
/// generator and the runtime.
/// </summary>
internal static class SlidingWindow
{
    /// <summary>⌊(size + 2·padding − kernel) / stride⌋ + 1, as in PyTorch; 0 if the window is larger than the padded image.</summary>
    /// <param name="size">The number of rows, or columns, of the image.</param>
    /// <param name="kernel">The number of rows, or columns, from the first to the last of the window.</param>
    /// <param name="stride">The step of the window in rows, or columns.</param>
    /// <param name="padding">The number of rows, or columns, added on each side.</param>
    public static long Places(int size, long kernel, int stride, int padding)
    {
        long rest = size + (2L * padding) - kernel;
        return rest < 0 ? 0 : (rest / stride) + 1;
    }

    /// <summary>Returns the number of rows, or columns, at the end of the image that no window reaches because of the stride.</summary>
    /// <inheritdoc cref="Places"/>
    public static long Unreached(int size, long kernel, int stride, int padding)
    {
        long rest = (size + (2L * padding) - kernel) % stride;
        return Math.Max(0, rest - padding);
    }
}

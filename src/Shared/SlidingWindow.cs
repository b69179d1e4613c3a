using System;

namespace Fpe.Counting;

/// <summary>
/// Where a square window stands as it slides over an image, along one side of it. Like the counting rules, this file is compiled
/// into the generator and into the runtime.
/// </summary>
internal static class SlidingWindow
{
    /// <summary>⌊(size + 2·padding − kernel) / stride⌋ + 1, as in PyTorch; 0 where the window is larger than the padded image.</summary>
    /// <param name="size">Rows, or columns, of the image.</param>
    /// <param name="kernel">Rows, or columns, of the window.</param>
    /// <param name="stride">Rows, or columns, from one place of the window to the next.</param>
    /// <param name="padding">Rows, or columns, added on each side.</param>
    public static long Places(int size, int kernel, int stride, int padding)
    {
        long rest = size + (2L * padding) - kernel;
        return rest < 0 ? 0 : (rest / stride) + 1;
    }

    /// <summary>Rows, or columns, at the end of the image that no window reaches, because the stride does not lead there.</summary>
    /// <inheritdoc cref="Places"/>
    public static long Unreached(int size, int kernel, int stride, int padding)
    {
        long rest = (size + (2L * padding) - kernel) % stride;
        return Math.Max(0, rest - padding);
    }
}

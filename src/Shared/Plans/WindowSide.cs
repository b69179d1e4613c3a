using System;
using System.Runtime.CompilerServices;
using Fpe.Counting;

namespace Fpe.Compute;

/// <summary>A window that slides along one side of an image: over its rows, or over its columns. The text speaks of rows.</summary>
/// <param name="Kernel">The rows of the window.</param>
/// <param name="Stride">The step of the window, in rows.</param>
/// <param name="Padding">The rows that are added on each side of the image.</param>
/// <param name="Dilation">The step, in rows of the image, from one row of the window to the next; 1 if they are adjacent.</param>
public readonly record struct WindowSide(int Kernel, int Stride = 1, int Padding = 0, int Dilation = 1)
{
    /// <summary>Gets the rows of the image from the first to the last row of the window, both included.</summary>
    public long Reach => ((Kernel - 1L) * Dilation) + 1;

    /// <summary>Returns the row of the image that a row of the window sees; it can be outside the image if there is padding.</summary>
    /// <param name="place">The place of the window, from 0: the row of the output.</param>
    /// <param name="row">The row of the window, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Seen(int place, int row) => (place * Stride) - Padding + (row * Dilation);

    /// <summary>Returns the number of places of the window; 0 if it is larger than the padded image.</summary>
    /// <param name="size">The rows of the image.</param>
    internal long Places(int size) => SlidingWindow.Places(size, Reach, Stride, Padding);

    /// <summary>Returns the rows at the end of the image that no window reaches because of the stride.</summary>
    internal long Unreached(int size) => SlidingWindow.Unreached(size, Reach, Stride, Padding);

    /// <summary>Returns the largest kernel that fits into an image.</summary>
    internal long LargestKernel(int size) => ((size + (2L * Padding) - 1) / Dilation) + 1;

    /// <summary>Returns the part of the window inside the image: its first row, and the number of rows.</summary>
    /// <param name="place">The place of the window.</param>
    /// <param name="size">The rows of the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (int First, int Count) Inside(int place, int size)
    {
        int start = (place * Stride) - Padding;
        int first = start >= 0 ? 0 : DivideUp(-start);
        return (first, Math.Min(Kernel, DivideUp(size - start)) - first);
    }

    /// <summary>Checks the numbers, except for the padding.</summary>
    /// <exception cref="PlanException">A number is less than 1.</exception>
    internal void Check(string layer)
    {
        PlanException.RequirePositive(layer, "the kernel", Kernel);
        PlanException.RequirePositive(layer, "the stride", Stride);
        PlanException.RequirePositive(layer, "the dilation", Dilation);
    }

    private int DivideUp(int rows) => Dilation == 1 ? rows : (rows + Dilation - 1) / Dilation;
}

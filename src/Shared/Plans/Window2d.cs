using System;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>A window that slides over an image.</summary>
/// <param name="Rows">Over its rows.</param>
/// <param name="Columns">Over its columns.</param>
public readonly record struct Window2d(WindowSide Rows, WindowSide Columns)
{
    /// <summary>Gets the number of pixels that the window sees.</summary>
    public int Count => Rows.Kernel * Columns.Kernel;

    /// <summary>Gets whether the window is the same over rows and columns.</summary>
    public bool IsSquare => Rows == Columns;

    /// <summary>Gets the rows and columns of the window as text: one number if they are equal.</summary>
    internal string KernelText => Rows.Kernel == Columns.Kernel ? Invariant($"{Rows.Kernel}") : Invariant($"{Rows.Kernel} × {Columns.Kernel}");

    /// <summary>Gets the padding and the dilation as an addition to the size of an image; empty if there are none.</summary>
    internal string FrameText => PairText(" with a padding of ", Rows.Padding, Columns.Padding, usual: 0)
        + PairText(" with a dilation of ", Rows.Dilation, Columns.Dilation, usual: 1);

    /// <summary>Gets whether there is padding.</summary>
    public bool HasPadding => Rows.Padding > 0 || Columns.Padding > 0;

    /// <summary>Returns a window that is the same over rows and columns.</summary>
    /// <param name="kernel">The rows and columns of the window.</param>
    /// <param name="stride">The step of the window in rows and columns.</param>
    /// <param name="padding">The rows and columns that are added on each side of the image.</param>
    /// <param name="dilation">The step in the image from one row, or column, of the window to the next.</param>
    public static Window2d Square(int kernel, int stride = 1, int padding = 0, int dilation = 1)
    {
        var side = new WindowSide(kernel, stride, padding, dilation);
        return new Window2d(side, side);
    }

    /// <summary>Returns a window over the places of a sequence, which lies in memory like an image of one row.</summary>
    /// <param name="places">The window over the places.</param>
    internal static Window2d OfPlaces(WindowSide places) => new(new WindowSide(1), places);

    /// <summary>Describes what a window slides over.</summary>
    internal static string Text(Shape input) => $"{(input.IsSequence ? "sequence" : "image")} of {input}";

    /// <summary>Returns the window as texts show it: over a sequence, whose only row is not shown, with one number each.</summary>
    internal Window2d ShownOver(Shape input) => input.IsSequence ? new Window2d(Columns, Columns) : this;

    /// <summary>Returns the image that a layer computes, one value per channel for each place of the window.</summary>
    /// <param name="layer">The layer, for messages.</param>
    /// <param name="input">The image that it reads, or the sequence.</param>
    /// <param name="channels">The channels of the image that it computes.</param>
    /// <exception cref="PlanException">The window is larger than the padded image, or there are too many values.</exception>
    internal ImageShape Slide(string layer, Shape input, int channels)
    {
        ImageShape image = input.Image!.Value;
        (long height, long width) = (Rows.Places(image.Height), Columns.Places(image.Width));
        if (height == 0 || width == 0)
        {
            Window2d shown = ShownOver(input);
            throw new PlanException(layer, Invariant(
                $"kernel {shown.KernelText} is larger than its {Text(input)}{shown.FrameText}; the largest kernel that fits is {LargestKernelText(input)}."));
        }

        if (input.IsSequence)
            LayerPlan.RequireWidth(layer, "outputs", channels * width);
        return ImageShape.OfWindows(layer, channels, height, width, "use fewer filters or a larger stride");
    }

    /// <summary>Returns the rows and columns of the largest window that fits, as text: one number if the window is the same over both.</summary>
    internal string LargestKernelText(Shape input)
    {
        ImageShape image = input.Image!.Value;
        (long rows, long columns) = (Rows.LargestKernel(image.Height), Columns.LargestKernel(image.Width));
        return input.IsSequence ? Invariant($"{columns}") : IsSquare ? Invariant($"{Math.Min(rows, columns)}") : Invariant($"{rows} × {columns}");
    }

    /// <summary>Returns a number of rows and one of columns as text: one number if they are equal, and nothing if both are the usual one.</summary>
    internal static string PairText(string before, int rows, int columns, int usual)
    {
        if (rows == usual && columns == usual)
            return string.Empty;
        return before + (rows == columns ? Invariant($"{rows}") : Invariant($"{rows} × {columns}"));
    }
}

using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>The shape of a pooling layer.</summary>
public sealed record Pool2dShape
{
    /// <summary>Describes a pooling layer with a square window.</summary>
    /// <param name="input">The image that the layer reads.</param>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    /// <param name="stride">The step of the window in rows and columns; at least 1.</param>
    /// <param name="padding">The rows and columns added on each side of the image; from 0 to half of <paramref name="kernel"/>.</param>
    /// <exception cref="PlanException">A number is out of its range.</exception>
    public Pool2dShape(ImageShape input, int kernel, int stride, int padding = 0)
        : this("Pool2d", input, Window2d.Square(kernel, stride, padding))
    {
    }

    /// <summary>Describes the pooling of a layer that messages name.</summary>
    internal Pool2dShape(string layer, ImageShape input, Window2d window)
    {
        PlanException.RequirePositive(layer, "the number of channels", input.Channels);
        foreach (WindowSide side in (WindowSide[])[window.Rows, window.Columns])
        {
            side.Check(layer);
            if (side.Padding < 0 || side.Padding > side.Kernel / 2)
                throw new PlanException(layer, Invariant($"padding {side.Padding} must be from 0 to {side.Kernel / 2}, half of the kernel, {side.Kernel}."));
        }

        (Input, Window) = (input, window);
        Output = window.Slide(layer, Shape.Of(input), input.Channels);
    }

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input { get; }

    /// <summary>Gets the image that the layer computes, with as many channels.</summary>
    public ImageShape Output { get; }

    /// <summary>Gets the window.</summary>
    public Window2d Window { get; }

    /// <summary>
    /// Returns the features that the window of an output sees, row by row, without the padding. Consecutive samples count as more channels.
    /// </summary>
    /// <param name="output">The output: channel by channel and row by row.</param>
    public IEnumerable<int> Seen(int output)
    {
        (int channel, int pixel) = (output / Output.Pixels, output % Output.Pixels);
        (int placeY, int placeX) = (pixel / Output.Width, pixel % Output.Width);
        for (int i = 0; i < Window.Rows.Kernel; i++)
        {
            for (int j = 0; j < Window.Columns.Kernel; j++)
            {
                (int y, int x) = (Window.Rows.Seen(placeY, i), Window.Columns.Seen(placeX, j));
                if (Input.Contains(y, x))
                    yield return Input.IndexOf(channel, y, x);
            }
        }
    }
}

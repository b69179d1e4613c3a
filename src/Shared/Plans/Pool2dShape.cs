using System;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>The shape of a pooling layer with a square window.</summary>
public sealed record Pool2dShape
{
    /// <summary>Describes a pooling layer.</summary>
    /// <param name="input">The image it reads.</param>
    /// <param name="kernel">Rows and columns of the window; at least 1, and no more than the image has.</param>
    /// <param name="stride">Rows and columns from one place of the window to the next; at least 1.</param>
    /// <exception cref="PlanException">A number is out of its range.</exception>
    public Pool2dShape(ImageShape input, int kernel, int stride)
        : this("Pool2d", input, kernel, stride)
    {
    }

    /// <summary>Describes the pooling of a layer, which messages name.</summary>
    internal Pool2dShape(string layer, ImageShape input, int kernel, int stride)
    {
        PlanException.RequirePositive(layer, "the number of channels", input.Channels);
        PlanException.RequirePositive(layer, "the kernel", kernel);
        PlanException.RequirePositive(layer, "the stride", stride);
        long height = SlidingWindow.Places(input.Height, kernel, stride, padding: 0);
        long width = SlidingWindow.Places(input.Width, kernel, stride, padding: 0);
        if (height == 0 || width == 0)
            throw new PlanException(layer, Invariant($"kernel {kernel} is larger than its image of {input}; the largest kernel that fits is {Math.Min(input.Height, input.Width)}."));

        (Input, Kernel, Stride) = (input, kernel, stride);
        Output = new ImageShape(input.Channels, (int)height, (int)width);
    }

    /// <summary>The image it reads.</summary>
    public ImageShape Input { get; }

    /// <summary>The image it computes, with as many channels.</summary>
    public ImageShape Output { get; }

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>Rows and columns from one place of the window to the next.</summary>
    public int Stride { get; }

    /// <summary>The feature of the first value that the window of an output sees. Samples that follow each other count as more channels.</summary>
    /// <param name="output">The output: a channel after the other, row by row.</param>
    public int FirstSeen(int output)
    {
        (int channel, int pixel) = (output / Output.Pixels, output % Output.Pixels);
        return Input.IndexOf(channel, pixel / Output.Width * Stride, pixel % Output.Width * Stride);
    }
}

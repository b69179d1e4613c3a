using Fpe.Counting;

namespace Fpe.Compute;

/// <summary>The shape of a pooling layer with a square window.</summary>
public sealed record MaxPool2dShape
{
    /// <summary>Describes a pooling layer.</summary>
    /// <param name="input">The image it reads.</param>
    /// <param name="kernel">Rows and columns of the window; at least 1, and no more than the image has.</param>
    /// <param name="stride">Rows and columns from one place of the window to the next; at least 1.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public MaxPool2dShape(ImageShape input, int kernel, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        long height = SlidingWindow.Places(input.Height, kernel, stride, padding: 0);
        long width = SlidingWindow.Places(input.Width, kernel, stride, padding: 0);
        if (height == 0 || width == 0)
            throw new ArgumentException($"A kernel of {kernel} is larger than an image of {input}.", nameof(kernel));

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
}

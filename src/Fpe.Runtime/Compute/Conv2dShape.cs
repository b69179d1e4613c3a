using Fpe.Counting;

namespace Fpe.Compute;

/// <summary>The shape of a convolution with a square window: what its kernels need to know of it besides the weights.</summary>
public sealed record Conv2dShape
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="input">The image it reads.</param>
    /// <param name="filters">Filters, which are the channels of the output; at least 1.</param>
    /// <param name="kernel">Rows and columns of the window; at least 1, and no more than the padded image has.</param>
    /// <param name="stride">Rows and columns from one place of the window to the next; at least 1.</param>
    /// <param name="padding">Rows and columns of zeros on each side of the image; from 0 to <paramref name="kernel"/> − 1.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    /// <exception cref="OverflowException">There are more than 2³¹ − 1 weights or outputs.</exception>
    public Conv2dShape(ImageShape input, int filters, int kernel, int stride = 1, int padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (padding < 0 || padding >= kernel)
            throw new ArgumentOutOfRangeException(nameof(padding), padding, $"The padding of a convolution with kernel {kernel} is from 0 to {kernel - 1}.");
        long height = SlidingWindow.Places(input.Height, kernel, stride, padding);
        long width = SlidingWindow.Places(input.Width, kernel, stride, padding);
        if (height == 0 || width == 0)
            throw new ArgumentException($"A kernel of {kernel} is larger than an image of {input} with a padding of {padding}.", nameof(kernel));

        (Input, Filters, Kernel, Stride, Padding) = (input, filters, kernel, stride, padding);
        Output = new ImageShape(filters, checked((int)height), checked((int)width));
        FanIn = checked(input.Channels * kernel * kernel);
        WeightCount = checked(filters * FanIn);
    }

    /// <summary>The image it reads.</summary>
    public ImageShape Input { get; }

    /// <summary>The image it computes: a channel for each filter.</summary>
    public ImageShape Output { get; }

    /// <summary>Filters, which are the channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>Rows and columns from one place of the window to the next.</summary>
    public int Stride { get; }

    /// <summary>Rows and columns of zeros on each side of the image.</summary>
    public int Padding { get; }

    /// <summary>Weights of one filter: channels · kernel · kernel.</summary>
    public int FanIn { get; }

    /// <summary>Weights of all filters: [filters, channels, kernel, kernel], row by row.</summary>
    public int WeightCount { get; }
}

using System;
using System.Numerics;
using Fpe.Counting;
using static System.FormattableString;

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
    /// <exception cref="PlanException">A number is out of its range, or there are too many weights or outputs.</exception>
    public Conv2dShape(ImageShape input, int filters, int kernel, int stride = 1, int padding = 0)
        : this("Conv2d", input, filters, kernel, stride, padding)
    {
    }

    /// <summary>Describes the convolution of a layer, which messages name.</summary>
    internal Conv2dShape(string layer, ImageShape input, int filters, int kernel, int stride, int padding)
    {
        PlanException.RequirePositive(layer, "the number of channels", input.Channels);
        PlanException.RequirePositive(layer, "the number of filters", filters);
        PlanException.RequirePositive(layer, "the kernel", kernel);
        PlanException.RequirePositive(layer, "the stride", stride);
        if (padding < 0 || padding >= kernel)
            throw new PlanException(layer, Invariant($"padding {padding} must be from 0 to {kernel - 1}; with more, a kernel of {kernel} would see nothing of the image at its borders."));
        long height = SlidingWindow.Places(input.Height, kernel, stride, padding);
        long width = SlidingWindow.Places(input.Width, kernel, stride, padding);
        if (height == 0 || width == 0)
        {
            string padded = padding == 0 ? "" : Invariant($" with a padding of {padding}");
            throw new PlanException(layer, Invariant($"kernel {kernel} is larger than its image of {input}{padded}; the largest kernel that fits is {Math.Min(input.Height, input.Width) + (2L * padding)}."));
        }

        Output = ImageShape.OfWindows(layer, filters, height, width, "use fewer filters or a larger stride");
        BigInteger weights = (BigInteger)filters * input.Channels * kernel * kernel;
        if (weights > WeightCounts.MaximumWeights)
            throw new PlanException(layer, Invariant($"the layer would have {weights} weights, but can have {WeightCounts.MaximumWeights} at most; use fewer filters or a smaller kernel."));

        (Input, Filters, Kernel, Stride, Padding) = (input, filters, kernel, stride, padding);
        FanIn = input.Channels * kernel * kernel;
        WeightCount = filters * FanIn;
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

using System.Numerics;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>The shape of a convolution with a square window: everything its kernels need besides the weights.</summary>
public sealed record Conv2dShape
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="input">The image that the layer reads.</param>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    /// <param name="stride">The step of the window in rows and columns; at least 1.</param>
    /// <param name="padding">The rows and columns of zeros on each side of the image; from 0 to <paramref name="kernel"/> − 1.</param>
    /// <exception cref="PlanException">A number is out of its range, or there are too many weights or outputs.</exception>
    public Conv2dShape(ImageShape input, int filters, int kernel, int stride = 1, int padding = 0)
        : this("Conv2d", input, filters, kernel, stride, padding)
    {
    }

    /// <summary>Describes the convolution of a layer that messages name.</summary>
    internal Conv2dShape(string layer, ImageShape input, int filters, int kernel, int stride, int padding)
    {
        PlanException.RequirePositive(layer, "the number of channels", input.Channels);
        PlanException.RequirePositive(layer, "the number of filters", filters);
        PlanException.RequirePositive(layer, "the kernel", kernel);
        PlanException.RequirePositive(layer, "the stride", stride);
        if (padding < 0 || padding >= kernel)
            throw new PlanException(layer, Invariant($"padding {padding} must be from 0 to {kernel - 1}; with more, a kernel of {kernel} would not cover any of the image at its borders."));
        Window = Window2d.Square(kernel, stride, padding);
        Output = Window.Slide(layer, input, filters);
        BigInteger weights = (BigInteger)filters * input.Channels * kernel * kernel;
        if (weights > WeightCounts.MaximumWeights)
            throw new PlanException(layer, Invariant($"the layer would have {weights} weights, but the maximum is {WeightCounts.MaximumWeights}; use fewer filters or a smaller kernel."));

        (Input, Filters, Kernel, Stride, Padding) = (input, filters, kernel, stride, padding);
        FanIn = input.Channels * kernel * kernel;
        WeightCount = filters * FanIn;
    }

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input { get; }

    /// <summary>Gets the image that the layer computes: one channel per filter.</summary>
    public ImageShape Output { get; }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>Gets the step of the window in rows and columns.</summary>
    public int Stride { get; }

    /// <summary>Gets the rows and columns of zeros on each side of the image.</summary>
    public int Padding { get; }

    /// <summary>Gets the window.</summary>
    public Window2d Window { get; }

    /// <summary>Gets the number of weights of a filter: channels · kernel · kernel.</summary>
    public int FanIn { get; }

    /// <summary>Gets the number of weights of all filters: [filters, channels, kernel, kernel], row by row.</summary>
    public int WeightCount { get; }
}

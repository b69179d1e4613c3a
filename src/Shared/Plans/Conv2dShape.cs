using System.Numerics;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>
/// The shape of a convolution: everything its kernels need besides the weights. Channels and filters can be divided into groups: the
/// filters of a group read only the channels of that group.
/// </summary>
public sealed record Conv2dShape
{
    /// <summary>Describes a convolution with a square window.</summary>
    /// <param name="input">The image that the layer reads.</param>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    /// <param name="stride">The step of the window in rows and columns; at least 1.</param>
    /// <param name="padding">The rows and columns of zeros on each side of the image; from 0 to <paramref name="kernel"/> − 1.</param>
    /// <exception cref="PlanException">A number is out of its range, or there are too many weights or outputs.</exception>
    public Conv2dShape(ImageShape input, int filters, int kernel, int stride = 1, int padding = 0)
        : this(input, filters, Window2d.Square(kernel, stride, padding))
    {
    }

    /// <summary>Describes a convolution.</summary>
    /// <param name="input">The image that the layer reads.</param>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="window">The window; it fits into the padded image, and its padding is less than its reach.</param>
    /// <param name="groups">The number of groups, which divides the numbers of channels and of filters.</param>
    /// <exception cref="PlanException">A number is out of its range, or there are too many weights or outputs.</exception>
    public Conv2dShape(ImageShape input, int filters, Window2d window, int groups = 1)
        : this("Conv2d", Shape.Of(input), filters, window, groups)
    {
    }

    /// <summary>Describes the convolution of a layer that messages name, over an image or a sequence.</summary>
    internal Conv2dShape(string layer, Shape read, int filters, Window2d window, int groups)
    {
        ImageShape input = read.Image!.Value;
        PlanException.RequirePositive(layer, "the number of channels", input.Channels);
        PlanException.RequirePositive(layer, "the number of filters", filters);
        foreach (WindowSide side in (WindowSide[])[window.Rows, window.Columns])
        {
            side.Check(layer);
            if (side.Padding < 0 || side.Padding >= side.Reach)
                throw new PlanException(layer, Invariant($"padding {side.Padding} must be from 0 to {side.Reach - 1}; with more, a kernel of {side.Reach} would see nothing but zeros at the borders."));
        }

        PlanException.RequirePositive(layer, "the number of groups", groups);
        if (input.Channels % groups != 0 || filters % groups != 0)
            throw new PlanException(layer, Invariant($"{groups} groups must divide both its {input.Channels} {(read.IsSequence ? "units" : "channels")} and its {filters} filters."));

        (Input, Filters, Window, Groups) = (input, filters, window, groups);
        Output = window.Slide(layer, read, filters);
        BigInteger weights = (BigInteger)filters * (input.Channels / groups) * window.Rows.Kernel * window.Columns.Kernel;
        if (weights > WeightCounts.MaximumWeights)
            throw new PlanException(layer, Invariant($"the layer would have {weights} weights, but the maximum is {WeightCounts.MaximumWeights}; use fewer filters or a smaller kernel."));

        FanIn = input.Channels / groups * window.Count;
        WeightCount = filters * FanIn;
    }

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input { get; }

    /// <summary>Gets the image that the layer computes: one channel per filter.</summary>
    public ImageShape Output { get; }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the window.</summary>
    public Window2d Window { get; }

    /// <summary>Gets the number of groups of channels and filters.</summary>
    public int Groups { get; private init; }

    /// <summary>Gets the number of weights of a filter: channels of its group · rows · columns of the window.</summary>
    public int FanIn { get; private init; }

    /// <summary>Gets the number of weights of all filters: [filters, channels of a group, rows, columns], row by row.</summary>
    public int WeightCount { get; }

    /// <summary>Gets the number of channels that a filter reads.</summary>
    public int GroupChannels => Input.Channels / Groups;

    /// <summary>Gets the number of filters of a group.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>
    /// Returns the shape for kernels over edges, which have no groups: a filter could read all channels, but the edges to those of other groups
    /// do not exist, so there are no more weights.
    /// </summary>
    internal Conv2dShape WithoutGroups() => Groups == 1 ? this : this with { Groups = 1, FanIn = checked(FanIn * Groups) };
}

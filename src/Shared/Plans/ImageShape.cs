using System.Numerics;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>
/// The shape of an image. Its values are the features of a sample, stored channel by channel and row by row: value (c, y, x) is feature (c
/// · height + y) · width + x.
/// </summary>
public readonly record struct ImageShape
{
    /// <summary>Describes an image.</summary>
    /// <param name="channels">The number of channels; at least 1.</param>
    /// <param name="height">The number of rows; at least 1.</param>
    /// <param name="width">The number of columns; at least 1.</param>
    /// <exception cref="PlanException">A size is less than 1, or there are more than 2³¹ − 1 values.</exception>
    public ImageShape(int channels, int height, int width)
    {
        Channels = PlanException.RequirePositive("image", "the number of channels", channels);
        Height = PlanException.RequirePositive("image", "the height", height);
        Width = PlanException.RequirePositive("image", "the width", width);
        Count = CountOf("image", channels, height, width, "use fewer channels or a smaller image");
    }

    /// <summary>Gets the number of channels.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Height { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Width { get; }

    /// <summary>Gets the number of values: channels · height · width.</summary>
    public int Count { get; }

    /// <summary>Gets the number of values of a channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>Returns the shape as text, such as <c>1 × 28 × 28</c>.</summary>
    public override string ToString() => Invariant($"{Channels} × {Height} × {Width}");

    /// <summary>Returns the image that a layer computes at the positions of its window.</summary>
    /// <exception cref="PlanException">It has too many values.</exception>
    internal static ImageShape OfWindows(string layer, int channels, long height, long width, string fix)
    {
        CountOf(layer, channels, height, width, fix);
        return new ImageShape(channels, (int)height, (int)width);
    }

    /// <summary>Returns the feature index of a value: (channel · height + y) · width + x.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="y">The row, from 0.</param>
    /// <param name="x">The column, from 0.</param>
    public int IndexOf(int channel, int y, int x) => (((channel * Height) + y) * Width) + x;

    /// <summary>Returns whether a pixel is inside the image; windows reach beyond it if there is padding.</summary>
    /// <param name="y">The row.</param>
    /// <param name="x">The column.</param>
    public bool Contains(int y, int x) => (uint)y < (uint)Height && (uint)x < (uint)Width;

    private static int CountOf(string where, int channels, long height, long width, string fix)
    {
        BigInteger count = (BigInteger)channels * height * width;
        return count <= int.MaxValue
            ? (int)count
            : throw new PlanException(where, Invariant($"an image of {channels} × {height} × {width} has {count} values, but the maximum is {int.MaxValue}; {fix}."));
    }
}

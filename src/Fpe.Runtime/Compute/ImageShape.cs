using System.Globalization;

namespace Fpe.Compute;

/// <summary>
/// The shape of an image. Its values are the features of a sample, channel by channel and each row by row: value (c, y, x) is
/// feature (c · height + y) · width + x.
/// </summary>
public readonly record struct ImageShape
{
    /// <summary>Describes an image.</summary>
    /// <param name="channels">Channels; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="OverflowException">There are more than 2³¹ − 1 values.</exception>
    public ImageShape(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Channels, Height, Width) = (channels, height, width);
        Count = checked(channels * height * width);
    }

    /// <summary>Channels.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Values: channels · height · width.</summary>
    public int Count { get; }

    /// <summary>Values of one channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>The shape as text, such as <c>1 × 28 × 28</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Channels} × {Height} × {Width}");

    /// <summary>The feature of a value.</summary>
    internal int IndexOf(int channel, int y, int x) => (((channel * Height) + y) * Width) + x;

    /// <summary>Whether a pixel lies inside; windows reach beyond where there is padding.</summary>
    internal bool Contains(int y, int x) => (uint)y < (uint)Height && (uint)x < (uint)Width;
}

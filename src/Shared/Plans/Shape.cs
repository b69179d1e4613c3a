using Fpe.Compute;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// The shape of a value that a layer reads or computes: a vector of units, or an image, whose channels are its units. The children of
/// an expanded unit are not counted.
/// </summary>
internal readonly record struct Shape
{
    private Shape(int units, ImageShape? image) => (Units, Image) = (units, image);

    /// <summary>Neurons of a vector, or channels of an image.</summary>
    public int Units { get; }

    /// <summary>The image; null for a vector.</summary>
    public ImageShape? Image { get; }

    /// <summary>Values of a unit: 1 in a vector, the pixels of a channel in an image.</summary>
    public int Places => Image?.Pixels ?? 1;

    /// <summary>Values per sample: units · places.</summary>
    public int Count => Image?.Count ?? Units;

    /// <summary>A vector.</summary>
    /// <param name="units">Values; at least 1.</param>
    /// <exception cref="PlanException">There is no value.</exception>
    public static Shape Vector(int units) => new(PlanException.RequirePositive("vector", "the number of values", units), null);

    /// <summary>An image.</summary>
    /// <param name="image">Its shape.</param>
    public static Shape Of(ImageShape image) => new(image.Channels, image);

    /// <summary>The shape as text, such as <c>64</c> or <c>1 × 28 × 28</c>.</summary>
    public override string ToString() => Image?.ToString() ?? Invariant($"{Units}");
}

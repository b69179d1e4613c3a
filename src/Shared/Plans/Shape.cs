using Fpe.Compute;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// The shape of a value that a layer reads or computes: a vector of units, or an image, whose channels are its units. The children of an
/// expanded unit do not count.
/// </summary>
internal readonly record struct Shape
{
    private Shape(int units, ImageShape? image) => (Units, Image) = (units, image);

    /// <summary>Gets the number of neurons of a vector, or of channels of an image.</summary>
    public int Units { get; }

    /// <summary>Gets the image; null for a vector.</summary>
    public ImageShape? Image { get; }

    /// <summary>Gets the number of values of a unit: 1 in a vector, or the pixels of a channel in an image.</summary>
    public int Places => Image?.Pixels ?? 1;

    /// <summary>Gets the number of values per sample: units · places.</summary>
    public int Count => Image?.Count ?? Units;

    /// <summary>Returns the shape of a vector.</summary>
    /// <param name="units">The number of values; at least 1.</param>
    /// <exception cref="PlanException">The number of values is less than 1.</exception>
    public static Shape Vector(int units) => new(PlanException.RequirePositive("vector", "the number of values", units), null);

    /// <summary>Returns the shape of an image.</summary>
    /// <param name="image">The image.</param>
    public static Shape Of(ImageShape image) => new(image.Channels, image);

    /// <summary>Returns the shape as text, such as <c>64</c> or <c>1 × 28 × 28</c>.</summary>
    public override string ToString() => Image?.ToString() ?? Invariant($"{Units}");
}

using Fpe.Compute;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// The shape of a value that a layer reads or computes: a vector of units, an image, whose channels are its units, a sequence, which has
/// its units at each place, or the numbers of tokens. The children of an expanded unit do not count.
/// </summary>
internal readonly record struct Shape
{
    private Shape(int units, ImageShape? image) => (Units, Image) = (units, image);

    /// <summary>Gets the number of neurons of a vector, of channels of an image, of units of a sequence, or of tokens.</summary>
    public int Units { get; }

    /// <summary>Gets the number of different tokens; 0 if the values are not tokens.</summary>
    public int Vocabulary { get; private init; }

    /// <summary>Gets whether it is a sequence. It lies in memory like an image of one row.</summary>
    public bool IsSequence { get; private init; }

    /// <summary>
    /// Gets the name of the value whose tokens the places of a sequence belong to, so that places without a token can be left out; null if
    /// every place counts.
    /// </summary>
    public string? Tokens { get; init; }

    /// <summary>Gets the image, or the sequence as an image of one row; null for a vector and for tokens.</summary>
    public ImageShape? Image { get; }

    /// <summary>Gets the number of values of a unit: 1 in a vector, the pixels of a channel in an image, or the places of a sequence.</summary>
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

    /// <summary>Returns the shape of tokens.</summary>
    /// <param name="tokens">The largest number of tokens of a sample; at least 1.</param>
    /// <param name="vocabulary">The number of different tokens; at least 1.</param>
    public static Shape OfTokens(int tokens, int vocabulary) => new(tokens, null) { Vocabulary = vocabulary };

    /// <summary>Returns the shape of a sequence.</summary>
    /// <param name="units">The number of units at each place; at least 1.</param>
    /// <param name="places">The number of places; at least 1.</param>
    /// <param name="tokens">The name of the value with the tokens of the places; null if every place counts.</param>
    /// <exception cref="PlanException">A number is less than 1, or there are more than 2³¹ − 1 values.</exception>
    public static Shape Sequence(int units, int places, string? tokens) =>
        new(units, new ImageShape(units, 1, places)) { IsSequence = true, Tokens = tokens };

    /// <summary>Returns the same shape with another number of units.</summary>
    public Shape WithUnits(int units) => Image is { } image ? new(units, new ImageShape(units, image.Height, image.Width)) { IsSequence = IsSequence, Tokens = Tokens } : Vector(units);

    /// <summary>Returns the shape as text, such as <c>64</c>, <c>1 × 28 × 28</c> or <c>64 × 12 places</c>.</summary>
    public override string ToString() => IsSequence ? Invariant($"{Units} × {Places} places") : Image?.ToString() ?? Invariant($"{Units}");
}

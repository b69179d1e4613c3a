using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Shared code of the kinds that read sequences.</summary>
internal static class SequenceInput
{
    /// <summary>Returns the sequence that a layer reads; null if unknown, or if it is something else, which is reported.</summary>
    public static Shape? Require(DeclaredLayer layer, Shape? input, Findings findings) => Require(layer, input, string.Empty, findings);

    /// <summary>
    /// Returns the sequence that a layer reads, which can be an image of one row; null if unknown, or if it is something else, which is
    /// reported.
    /// </summary>
    public static Shape? RequireRow(DeclaredLayer layer, Shape? input, Findings findings) => input is { IsSequence: false, Image: { Height: 1 } image }
        ? Shape.Sequence(image.Channels, image.Width, tokens: null)
        : Require(layer, input, ", or an image of one row", findings);

    /// <summary>Describes the sequence.</summary>
    /// <param name="sequence">The sequence in the dense parent, as an image of one row.</param>
    /// <param name="width">The number of its values after expansion.</param>
    public static string Text(ImageShape sequence, long width) => Invariant($"{width / sequence.Width} × {sequence.Width} places");

    private static Shape? Require(DeclaredLayer layer, Shape? input, string others, Findings findings)
    {
        if (input is not { IsSequence: false } other)
            return input;
        findings.Add(
            SequenceRules.NeedsSequence, layer.Attribute.Location,
            layer.Subject, Words.WithArticle(layer.Attribute.Name), ShapeText.Of(other), others);
        return null;
    }
}

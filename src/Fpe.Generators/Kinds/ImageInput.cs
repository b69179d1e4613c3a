using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Shared code of the kinds that read images.</summary>
internal static class ImageInput
{
    /// <summary>Describes the image.</summary>
    /// <param name="image">The image's shape in the dense parent.</param>
    /// <param name="width">The number of its values after expansion.</param>
    public static string Text(ImageShape image, long width) =>
        width == image.Count ? image.ToString()
        : width % image.Count == 0 ? Invariant($"{image} × {width / image.Count} children")
        : Invariant($"{image} ({width} values with all children)");

    /// <summary>Returns the image that a layer reads; null if unknown, or if it is a vector, which is reported.</summary>
    public static ImageShape? Require(DeclaredLayer layer, Shape? input, Findings findings)
    {
        if (input is { Image: null } vector)
        {
            string remedy = layer.Flattener is { } flattener
                ? $"move it before {flattener.Name}"
                : "declare the images with [Model(channels: …, height: …, width: …)]";
            findings.Add(
                ImageRules.NeedsImage, layer.Attribute.Location,
                layer.Subject, Words.WithArticle(layer.Attribute.Name), Words.Count(vector.Count, "value"), remedy);
        }

        return input?.Image;
    }

    /// <summary>Returns the image that a layer reads, as a shape; null if unknown, or if it is a vector, which is reported.</summary>
    public static Shape? RequireShape(DeclaredLayer layer, Shape? input, Findings findings) =>
        Require(layer, input, findings) is { } image ? Shape.Of(image) : null;
}

using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Kinds;

/// <summary>What the kinds share that read images.</summary>
internal static class ImageInput
{
    /// <summary>The image that a layer reads; null if that is not known, or a vector, which is reported.</summary>
    public static ImageShape? Require(DeclaredLayer layer, Shape? input, Findings findings)
    {
        if (input is { Image: null } vector)
        {
            string remedy = layer.Source?.Flattener is { } flattener
                ? $"move it before {flattener.Name}"
                : "declare the images with [Model(channels: …, height: …, width: …)]";
            findings.Add(
                ImageRules.NeedsImage, layer.Attribute.Location,
                layer.Subject, layer.Attribute.Name, Words.Count(vector.Count, "value"), remedy);
        }

        return input?.Image;
    }
}

using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Parsing;

/// <summary>Reads whether a sample is a vector or an image.</summary>
internal static class SampleReader
{
    /// <summary>Sets the shape of a sample.</summary>
    public static void Read(DeclaredModel model, Findings findings)
    {
        DeclaredAttribute attribute = model.Attribute;
        if (!attribute.Takes(AttributeNames.Channels))
        {
            int inputs = PositiveSize.Read(attribute, AttributeNames.Inputs, "the number of inputs", model.Name, findings);
            model.Sample = inputs > 0 ? Shape.Vector(inputs) : null;
            return;
        }

        model.HasImages = true;
        int channels = PositiveSize.Read(attribute, AttributeNames.Channels, "the number of channels", model.Name, findings);
        int height = PositiveSize.Read(attribute, AttributeNames.Height, "the height", model.Name, findings);
        int width = PositiveSize.Read(attribute, AttributeNames.Width, "the width", model.Name, findings);
        decimal count = (decimal)channels * height * width;
        if (count > int.MaxValue)
        {
            findings.Add(
                ImageRules.TooLarge, attribute.Location, model.Name, Invariant($"{channels} × {height} × {width}"), count, int.MaxValue,
                "use fewer channels or a smaller image");
        }
        else if (count > 0)
        {
            model.Sample = Shape.Of(new ImageShape(channels, height, width));
        }
    }
}

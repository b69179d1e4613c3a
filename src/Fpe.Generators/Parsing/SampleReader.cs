using Fpe.Generators.Model;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Reads what a sample is: a vector or an image.</summary>
internal static class SampleReader
{
    /// <summary>Fills in the inputs of the model, and the image that they are.</summary>
    public static void Read(DeclaredModel model, Findings findings)
    {
        DeclaredAttribute attribute = model.Attribute;
        if (!attribute.Takes(AttributeNames.Channels))
        {
            model.Inputs = PositiveSize.Read(attribute, AttributeNames.Inputs, "the number of inputs", model.Name, findings);
            return;
        }

        model.HasImages = true;
        var image = new ImageShape(
            PositiveSize.Read(attribute, AttributeNames.Channels, "the number of channels", model.Name, findings),
            PositiveSize.Read(attribute, AttributeNames.Height, "the height", model.Name, findings),
            PositiveSize.Read(attribute, AttributeNames.Width, "the width", model.Name, findings));
        if (image.Count > int.MaxValue)
        {
            findings.Add(
                ImageRules.TooLarge, attribute.Location, model.Name, image, image.Count, int.MaxValue, "use fewer channels or a smaller image");
        }
        else if (image.Count > 0)
        {
            model.Image = image;
            model.Inputs = (int)image.Count;
        }
    }
}

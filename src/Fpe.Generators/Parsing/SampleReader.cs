using System;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Parsing;

/// <summary>Reads whether a sample is a vector, an image, tokens, or several inputs.</summary>
internal static class SampleReader
{
    /// <summary>Sets the shape of a sample.</summary>
    public static void Read(DeclaredModel model, Findings findings)
    {
        DeclaredAttribute attribute = model.Attribute;
        if (attribute.Takes(AttributeNames.Tokens))
        {
            model.Sample = TokenInput.Read(attribute, model.Name, findings);
            return;
        }

        if (attribute.Takes(AttributeNames.Places))
        {
            ReadSequence(model, findings);
            return;
        }

        if (!attribute.Takes(AttributeNames.Channels))
        {
            if (!attribute.IsReadable)
                findings.MarkBroken();
            if (!attribute.Takes(AttributeNames.Inputs))
                return;
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

    private static void ReadSequence(DeclaredModel model, Findings findings)
    {
        int units = PositiveSize.Read(model.Attribute, AttributeNames.Units, "the number of units", model.Name, findings);
        int places = PositiveSize.Read(model.Attribute, AttributeNames.Places, "the number of places", model.Name, findings);
        long width = (long)units * places;
        if (width > LayerPlan.MaximumWidth)
            findings.Add(CountRules.TooWide, model.Attribute.Location, model.Name, width, "inputs", LayerPlan.MaximumWidth);
        else if (width > 0)
            model.Sample = Shape.Sequence(units, places, tokens: null);
    }

    /// <summary>Sets where each of several inputs is in a sample, once the layers are known.</summary>
    public static void ReadInputs(DeclaredModel model, Findings findings)
    {
        DeclaredAttribute attribute = model.Attribute;
        bool hasSizes = model.IsBlock || attribute.Takes(AttributeNames.Tokens) || attribute.Takes(AttributeNames.Channels) || attribute.Takes(AttributeNames.Inputs);
        if (hasSizes && model.Inputs.FirstOrDefault() is { } superfluous)
        {
            findings.Add(
                SequenceRules.Inputs, superfluous.Attribute.Location, superfluous.Subject,
                $"the property declares an input, but [{attribute.Name}] of {model.Name} already declares the {(model.IsBlock ? "value that it reads" : "sample")}",
                model.IsBlock ? "remove the property; only models have several inputs" : "remove the sizes of [Model], or the property");
        }
        else if (!hasSizes && !model.Inputs.Any() && attribute.IsReadable)
        {
            findings.Add(
                SequenceRules.Inputs, attribute.Location, model.Name,
                "[Model] has no sizes, and there is no [Input] property", "write [Model(inputs: …)], or declare the inputs of a sample as [Input] properties");
        }
        else if (model.Inputs.Any() && model.Inputs.All(input => input.Shape is not null))
        {
            long first = 0;
            foreach (DeclaredInput input in model.Inputs)
            {
                input.First = (int)Math.Min(int.MaxValue, first);
                first += input.Shape!.Value.Count;
            }

            if (first <= LayerPlan.MaximumWidth)
                model.Sample = Shape.Vector((int)first);
            else
                findings.Add(CountRules.TooWide, attribute.Location, model.Name, first, "inputs", LayerPlan.MaximumWidth);
        }
    }
}

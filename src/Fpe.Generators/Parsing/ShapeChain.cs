using System;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace Fpe.Generators.Parsing;

/// <summary>Chains the shapes of the layers, from the samples on, and reports those that do not fit.</summary>
internal sealed class ShapeChain
{
    private readonly DeclaredModel model;
    private readonly Findings findings;
    private ImageShape? image;
    private int width;
    private DeclaredLayer? flattener;

    private ShapeChain(DeclaredModel model, Findings findings)
    {
        this.model = model;
        this.findings = findings;
        image = model.Image;
        width = model.Image is null ? model.Inputs : 0;
    }

    /// <summary>Fills in what the layers read and compute. After an error the shape is not known, and nothing follows from it.</summary>
    public static void Connect(DeclaredModel model, Findings findings)
    {
        var chain = new ShapeChain(model, findings);
        foreach (DeclaredLayer layer in model.Layers)
        {
            if (layer is DeclaredLinear linear)
                chain.Read(linear);
            else if (layer is DeclaredImageLayer imageLayer)
                chain.Read(imageLayer);
        }
    }

    private void Read(DeclaredLinear layer)
    {
        if (image is { } unflattened)
        {
            findings.Add(ImageRules.NeedsFlatten, layer.Attribute.Location, SubjectOf(layer), unflattened);
            width = unflattened.Count;
            image = null;
        }

        layer.Inputs = width;
        width = layer.Neurons;
        flattener ??= layer;
    }

    private void Read(DeclaredImageLayer layer)
    {
        layer.Input = image;
        if (image is not { } input)
        {
            if (width > 0)
                ReportVector(layer);
            width = 0;
        }
        else if (layer is DeclaredWindow window)
        {
            image = window.Output = OutputOf(window, input);
        }
        else
        {
            width = input.Count;
            image = null;
            flattener = layer;
        }
    }

    private void ReportVector(DeclaredImageLayer layer)
    {
        string remedy = flattener is not null && model.Image is not null
            ? $"move it before {flattener.Name}"
            : "declare the images with [Model(channels: …, height: …, width: …)]";
        string values = Invariant($"{width} value{(width == 1 ? string.Empty : "s")}");
        findings.Add(ImageRules.NeedsImage, layer.Attribute.Location, SubjectOf(layer), layer.Attribute.Name, values, remedy);
    }

    /// <summary>The image that a window computes; null where that is not known, or there was an error.</summary>
    private ImageShape? OutputOf(DeclaredWindow layer, ImageShape input)
    {
        if (layer is not { Kernel: > 0, Stride: > 0, OutputChannels: > 0, Padding: { } padding })
            return null;

        DeclaredAttribute attribute = layer.Attribute;
        long height = SlidingWindow.Places(input.Height, layer.Kernel, layer.Stride, padding);
        long columns = SlidingWindow.Places(input.Width, layer.Kernel, layer.Stride, padding);
        if (height == 0 || columns == 0)
        {
            long largest = Math.Min(input.Height, input.Width) + (2L * padding);
            string padded = padding == 0 ? string.Empty : Invariant($" with a padding of {padding}");
            findings.AddFixable(
                ImageRules.KernelTooLarge, attribute.LocationOf(AttributeNames.Kernel), FixData.Numbers, largest,
                SubjectOf(layer), layer.Kernel, input, padded, largest);
            return null;
        }

        WarnOfUnreached(layer, input, padding);
        if ((decimal)layer.OutputChannels * height * columns <= int.MaxValue)
            return new ImageShape(layer.OutputChannels, (int)height, (int)columns);

        findings.Add(
            ImageRules.TooLarge, attribute.LocationOf(AttributeNames.Filters), SubjectOf(layer),
            Invariant($"{layer.OutputChannels} × {height} × {columns}"), (decimal)layer.OutputChannels * height * columns, int.MaxValue,
            "use fewer filters or a larger stride");
        return null;
    }

    private void WarnOfUnreached(DeclaredWindow layer, ImageShape input, int padding)
    {
        long rows = SlidingWindow.Unreached(input.Height, layer.Kernel, layer.Stride, padding);
        long columns = SlidingWindow.Unreached(input.Width, layer.Kernel, layer.Stride, padding);
        if (rows == 0 && columns == 0)
            return;

        string lost = rows == 0 ? Last(columns, "column")
            : columns == 0 ? Last(rows, "row")
            : $"{Last(rows, "row")} and {Last(columns, "column")}";
        Location place = layer.Attribute.LocationOf(layer.Attribute.Has(AttributeNames.Stride) ? AttributeNames.Stride : AttributeNames.Kernel);
        findings.Add(ImageRules.UnreachedPixels, place, SubjectOf(layer), layer.Kernel, layer.Stride, lost, input);
    }

    private static string Last(long number, string noun) =>
        number == 1 ? $"the last {noun}" : Invariant($"the last {number} {noun}s");

    private string SubjectOf(DeclaredLayer layer) => $"{model.Name}.{layer.Name}";
}

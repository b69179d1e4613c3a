using System;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>A square window that slides over an image, as declared.</summary>
/// <param name="Kernel">The rows and columns of the window; 0 if unknown.</param>
/// <param name="Stride">The step of the window in rows and columns; 0 if unknown.</param>
/// <param name="Padding">The rows and columns of zeros on each side of the image; null if unknown.</param>
internal sealed record Window(int Kernel, int Stride, int? Padding)
{
    private const string KernelArgument = "kernel";
    private const string StrideArgument = nameof(Stride);
    private const string PaddingArgument = nameof(Padding);

    /// <summary>Reads a window over an image with optional padding; its stride is 1 by default.</summary>
    public static Window ReadPadded(LayerProperty property, Findings findings)
    {
        int kernel = ReadKernel(property, findings);
        int stride = ReadStride(property, otherwise: 1, findings);
        return new Window(kernel, stride, ReadPadding(property, kernel, kernel - 1, ImageRules.Padding, findings));
    }

    /// <summary>Reads a window of a pooling layer; its stride is the kernel by default.</summary>
    public static Window ReadPooling(LayerProperty property, Findings findings)
    {
        int kernel = ReadKernel(property, findings);
        int stride = ReadStride(property, otherwise: kernel, findings);
        return new Window(kernel, stride, ReadPadding(property, kernel, kernel / 2, ImageRules.PoolPadding, findings));
    }

    /// <summary>Describes the stride.</summary>
    public static string Steps(int stride) => stride == 1 ? string.Empty : Invariant($" in steps of {stride}");

    /// <summary>Describes the padding.</summary>
    public static string Padded(int padding) => padding == 0 ? string.Empty : Invariant($", padding {padding}");

    /// <summary>
    /// Returns the image that a layer computes at the positions of the window; null if unknown, or if the window does not fit, which is
    /// reported.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The image it reads.</param>
    /// <param name="channels">The number of channels of the image it computes; 0 if unknown.</param>
    /// <param name="findings">Receives the errors.</param>
    public Shape? Slide(DeclaredLayer layer, ImageShape input, int channels, Findings findings)
    {
        if (Kernel == 0 || Stride == 0 || channels == 0 || Padding is not { } padding)
            return null;

        long height = SlidingWindow.Places(input.Height, Kernel, Stride, padding);
        long width = SlidingWindow.Places(input.Width, Kernel, Stride, padding);
        if (height == 0 || width == 0)
        {
            long largest = Math.Min(input.Height, input.Width) + (2L * padding);
            string padded = padding == 0 ? string.Empty : Invariant($" with a padding of {padding}");
            findings.AddFixable(
                ImageRules.KernelTooLarge, layer.Attribute.LocationOf(KernelArgument), FixData.Numbers, largest,
                layer.Subject, Kernel, input, padded, largest);
            return null;
        }

        WarnOfUnreached(layer, input, padding, findings);
        decimal count = (decimal)channels * height * width;
        if (count <= int.MaxValue)
            return Shape.Of(new ImageShape(channels, (int)height, (int)width));

        Location place = layer is ExpandableLayer weighted ? layer.Attribute.LocationOf(weighted.SizeArgument) : layer.Attribute.Location;
        findings.Add(
            ImageRules.TooLarge, place, layer.Subject,
            Invariant($"{channels} × {height} × {width}"), count, int.MaxValue, "use fewer filters or a larger stride");
        return null;
    }

    private static int ReadKernel(LayerProperty property, Findings findings) =>
        PositiveSize.Read(property.Layer, KernelArgument, "the kernel", property.Subject, findings);

    private static int ReadStride(LayerProperty property, int otherwise, Findings findings) => property.Layer.Has(StrideArgument)
        ? PositiveSize.Read(property.Layer, StrideArgument, "the stride", property.Subject, findings)
        : otherwise;

    /// <summary>Returns the padding; null if it is not valid, or if the kernel is unknown.</summary>
    private static int? ReadPadding(LayerProperty property, int kernel, int largest, DiagnosticDescriptor rule, Findings findings)
    {
        if (property.Layer.Value(PaddingArgument, 0) is not { } padding)
        {
            findings.MarkBroken();
            return null;
        }

        if (kernel == 0)
            return null;
        if (padding >= 0 && padding <= largest)
            return padding;

        Location place = property.Layer.LocationOf(PaddingArgument);
        object[] arguments = [property.Subject, padding, largest, kernel];
        if (padding < 0)
            findings.Add(rule, place, arguments);
        else
            findings.AddFixable(rule, place, FixData.Numbers, largest, arguments);
        return null;
    }

    private void WarnOfUnreached(DeclaredLayer layer, ImageShape input, int padding, Findings findings)
    {
        long rows = SlidingWindow.Unreached(input.Height, Kernel, Stride, padding);
        long columns = SlidingWindow.Unreached(input.Width, Kernel, Stride, padding);
        if (rows == 0 && columns == 0)
            return;

        string lost = rows == 0 ? Last(columns, "column")
            : columns == 0 ? Last(rows, "row")
            : $"{Last(rows, "row")} and {Last(columns, "column")}";
        Location place = layer.Attribute.LocationOf(layer.Attribute.Has(StrideArgument) ? StrideArgument : KernelArgument);
        findings.Add(ImageRules.UnreachedPixels, place, layer.Subject, Kernel, Stride, lost, input);
    }

    private static string Last(long number, string noun) =>
        number == 1 ? $"the last {noun}" : Invariant($"the last {number} {noun}s");
}

using System;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>A window that slides over an image, as declared.</summary>
/// <param name="Sides">The window; a number of it is 0 if it is unknown.</param>
/// <param name="IsValid">Whether all numbers are known and valid.</param>
internal sealed record Window(Window2d Sides, bool IsValid)
{
    private const string KernelArgument = "kernel";
    private const string StrideArgument = "Stride";
    private const string PaddingArgument = "Padding";
    private const string DilationArgument = "Dilation";
    private const string HeightSuffix = "Height";
    private const string WidthSuffix = "Width";

    /// <summary>The argument that sets the rows of the window, or rows and columns.</summary>
    private static string KernelOf(DeclaredAttribute attribute) =>
        attribute.Takes(KernelArgument + HeightSuffix) ? KernelArgument + HeightSuffix : KernelArgument;

    /// <summary>Reads a window over an image with optional padding; its stride is 1 by default.</summary>
    public static Window ReadPadded(LayerProperty property, Findings findings) =>
        Read(property, (kernel, _) => 1, side => (int)Math.Min(int.MaxValue, side.Reach - 1), side => (int)side.Reach, ImageRules.Padding, findings);

    /// <summary>Reads a window of a pooling layer; its stride is the kernel by default.</summary>
    public static Window ReadPooling(LayerProperty property, Findings findings) =>
        Read(property, (kernel, _) => kernel, side => side.Kernel / 2, side => side.Kernel, ImageRules.PoolPadding, findings);

    /// <summary>Describes a window over the places of a sequence: its size, stride, padding and dilation.</summary>
    public static string TextOfPlaces(WindowSide side) => $"windows of {Words.Count(side.Kernel, "place")}" + OptionsOf(new Window2d(side, side));

    /// <summary>Describes a window: its size, stride, padding and dilation.</summary>
    public static string Text(Window2d window, string of) =>
        Invariant($"{window.Rows.Kernel} × {window.Columns.Kernel} {of}") + OptionsOf(window);

    /// <summary>Returns the same window over the places of a sequence, which lies in memory like an image of one row.</summary>
    public Window OfPlaces() => this with { Sides = Window2d.OfPlaces(Sides.Columns) };

    /// <summary>
    /// Returns the image, or the sequence, that a layer computes at the positions of the window; null if unknown, or if the window does not fit, which is
    /// reported.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The image or the sequence it reads.</param>
    /// <param name="channels">The number of channels or units of what it computes; 0 if unknown.</param>
    /// <param name="findings">Receives the errors.</param>
    public Shape? Slide(DeclaredLayer layer, Shape input, int channels, Findings findings)
    {
        if (!IsValid || channels == 0)
            return null;

        ImageShape image = input.Image!.Value;
        long height = Sides.Rows.Places(image.Height);
        long width = Sides.Columns.Places(image.Width);
        if (height == 0 || width == 0)
        {
            string largest = Sides.LargestKernelText(input);
            Location kernel = layer.Attribute.LocationOf(KernelOf(layer.Attribute));
            Window2d shown = Sides.ShownOver(input);
            object[] arguments = [layer.Subject, shown.KernelText, Window2d.Text(input), shown.FrameText, largest];
            if (shown.IsSquare)
                findings.AddFixable(ImageRules.KernelTooLarge, kernel, FixData.Numbers, largest, arguments);
            else
                findings.Add(ImageRules.KernelTooLarge, kernel, arguments);
            return null;
        }

        WarnOfUnreached(layer, input, findings);
        decimal count = (decimal)channels * height * width;
        Location place = layer is ExpandableLayer weighted ? layer.Attribute.LocationOf(weighted.SizeArgument) : layer.Attribute.Location;
        if (input.IsSequence)
        {
            if (count <= LayerPlan.MaximumWidth)
                return Shape.Sequence(channels, (int)width, width == input.Places ? input.Tokens : null);
            findings.Add(CountRules.TooWide, place, layer.Subject, count, "outputs", LayerPlan.MaximumWidth);
            return null;
        }

        if (count <= int.MaxValue)
            return Shape.Of(new ImageShape(channels, (int)height, (int)width));

        findings.Add(
            ImageRules.TooLarge, place, layer.Subject,
            Invariant($"{channels} × {height} × {width}"), count, int.MaxValue, "use fewer filters or a larger stride");
        return null;
    }

    private static Window Read(
        LayerProperty property, Func<int, int, int> usualStride, Func<WindowSide, int> largestPadding, Func<WindowSide, int> shownKernel,
        DiagnosticDescriptor rule, Findings findings)
    {
        (int rows, int columns) = property.Layer.Takes(KernelArgument + HeightSuffix)
            ? (ReadSize(property, KernelArgument + HeightSuffix, "the height of the kernel", findings), ReadSize(property, KernelArgument + WidthSuffix, "the width of the kernel", findings))
            : ReadBoth(property, KernelArgument, "the kernel", otherwise: 0, findings);
        (int rowStride, int columnStride) = ReadBoth(property, StrideArgument, "the stride", usualStride(rows, columns), findings);
        (int rowDilation, int columnDilation) = ReadBoth(property, DilationArgument, "the dilation", otherwise: 1, findings);
        bool isKnown = rows > 0 && columns > 0 && rowDilation > 0 && columnDilation > 0;
        var height = new WindowSide(rows, rowStride, 0, rowDilation);
        var width = new WindowSide(columns, columnStride, 0, columnDilation);
        int? rowPadding = ReadPadding(height, HeightSuffix);
        bool isSame = height == width && !property.Layer.Has(PaddingArgument + HeightSuffix) && !property.Layer.Has(PaddingArgument + WidthSuffix);
        int? columnPadding = isSame ? rowPadding : ReadPadding(width, WidthSuffix);
        var sides = new Window2d(height with { Padding = rowPadding ?? 0 }, width with { Padding = columnPadding ?? 0 });
        return new Window(sides, isKnown && rowStride > 0 && columnStride > 0 && rowPadding is not null && columnPadding is not null);

        int? ReadPadding(WindowSide side, string suffix)
        {
            string argument = property.Layer.Has(PaddingArgument + suffix) ? PaddingArgument + suffix : PaddingArgument;
            if (property.Layer.Value(argument, 0) is not { } padding)
            {
                findings.MarkBroken();
                return null;
            }

            if (!isKnown)
                return null;
            int largest = largestPadding(side);
            if (padding >= 0 && padding <= largest)
                return padding;

            Location place = property.Layer.LocationOf(argument);
            object[] arguments = [property.Subject, padding, largest, shownKernel(side)];
            if (padding < 0)
                findings.Add(rule, place, arguments);
            else
                findings.AddFixable(rule, place, FixData.Numbers, largest, arguments);
            return null;
        }
    }

    /// <summary>Reads a number of rows and one of columns: those of their own arguments, or else that of the common argument.</summary>
    private static (int Rows, int Columns) ReadBoth(LayerProperty property, string argument, string what, int otherwise, Findings findings)
    {
        int common = property.Layer.Has(argument) || argument == KernelArgument ? ReadSize(property, argument, what, findings) : otherwise;
        return (ReadOwn(HeightSuffix), ReadOwn(WidthSuffix));

        int ReadOwn(string suffix) => property.Layer.Has(argument + suffix) ? ReadSize(property, argument + suffix, what, findings) : common;
    }

    private static int ReadSize(LayerProperty property, string argument, string what, Findings findings) =>
        PositiveSize.Read(property.Layer, argument, what, property.Subject, findings);

    private static string OptionsOf(Window2d window)
    {
        (WindowSide rows, WindowSide columns) = (window.Rows, window.Columns);
        return Window2d.PairText(" in steps of ", rows.Stride, columns.Stride, usual: 1)
            + Window2d.PairText(", padding ", rows.Padding, columns.Padding, usual: 0)
            + Window2d.PairText(", dilation ", rows.Dilation, columns.Dilation, usual: 1);
    }

    private void WarnOfUnreached(DeclaredLayer layer, Shape input, Findings findings)
    {
        ImageShape image = input.Image!.Value;
        long rows = Sides.Rows.Unreached(image.Height);
        long columns = Sides.Columns.Unreached(image.Width);
        if (rows == 0 && columns == 0)
            return;

        string lost = rows == 0 ? Last(columns, input.IsSequence ? "place" : "column")
            : columns == 0 ? Last(rows, "row")
            : $"{Last(rows, "row")} and {Last(columns, "column")}";
        Location place = layer.Attribute.LocationOf(layer.Attribute.Has(StrideArgument) ? StrideArgument : KernelOf(layer.Attribute));
        Window2d shown = Sides.ShownOver(input);
        findings.Add(ImageRules.UnreachedPixels, place, layer.Subject, shown.KernelText, Window2d.PairText(string.Empty, shown.Rows.Stride, shown.Columns.Stride, usual: 0), lost, Window2d.Text(input));
    }

    private static string Last(long number, string noun) =>
        number == 1 ? $"the last {noun}" : Invariant($"the last {number} {noun}s");
}

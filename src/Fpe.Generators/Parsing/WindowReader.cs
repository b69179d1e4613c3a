using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Reads a <c>[Conv2d]</c> or a <c>[MaxPool2d]</c> attribute.</summary>
internal static class WindowReader
{
    public static void Read(DeclaredConv2d layer, string subject, Findings findings)
    {
        layer.Filters = PositiveSize.Read(layer.Attribute, AttributeNames.Filters, "the number of filters", subject, findings);
        layer.Kernel = ReadKernel(layer, subject, findings);
        layer.Stride = ReadStride(layer, otherwise: 1, subject, findings);
        if (layer.Attribute.Value(AttributeNames.Padding, 0) is not { } padding)
            findings.MarkBroken();
        else if (layer.Kernel > 0)
            layer.Padding = RequirePadding(layer, padding, subject, findings);
    }

    public static void Read(DeclaredMaxPool2d layer, string subject, Findings findings)
    {
        layer.Kernel = ReadKernel(layer, subject, findings);
        layer.Stride = ReadStride(layer, otherwise: layer.Kernel, subject, findings);
        layer.Padding = 0;
    }

    private static int ReadKernel(DeclaredWindow layer, string subject, Findings findings) =>
        PositiveSize.Read(layer.Attribute, AttributeNames.Kernel, "the kernel", subject, findings);

    private static int ReadStride(DeclaredWindow layer, int otherwise, string subject, Findings findings) =>
        layer.Attribute.Has(AttributeNames.Stride)
            ? PositiveSize.Read(layer.Attribute, AttributeNames.Stride, "the stride", subject, findings)
            : otherwise;

    private static int? RequirePadding(DeclaredConv2d layer, int padding, string subject, Findings findings)
    {
        int largest = layer.Kernel - 1;
        if (padding >= 0 && padding <= largest)
            return padding;

        object[] arguments = [subject, padding, largest, layer.Kernel];
        if (padding < 0)
            findings.Add(ImageRules.Padding, layer.Attribute.LocationOf(AttributeNames.Padding), arguments);
        else
            findings.AddFixable(ImageRules.Padding, layer.Attribute.LocationOf(AttributeNames.Padding), FixData.Numbers, largest, arguments);
        return null;
    }
}

using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on images, and on the layers that read them.</summary>
internal static class ImageRules
{
    public static readonly DiagnosticDescriptor KernelTooLarge = Rule.Error(
        "FPE0029",
        "A kernel cannot be larger than the image",
        "{0}: kernel {1} is larger than its {2}{3}; the largest kernel that fits is {4}");

    public static readonly DiagnosticDescriptor NeedsFlatten = Rule.Error(
        "FPE0030",
        "A Linear layer reads a vector",
        "{0}: a Linear layer reads a vector, but its input is an image of {1}; "
        + "add '[Flatten] public partial Flatten Features {{ get; }}' before it");

    public static readonly DiagnosticDescriptor NeedsImage = Rule.Error(
        "FPE0031",
        "The layer reads an image",
        "{0}: {1} layer reads an image, but its input is a vector of {2}; {3}");

    public static readonly DiagnosticDescriptor Padding = Rule.Error(
        "FPE0032",
        "The padding must be smaller than the kernel",
        "{0}: padding {1} must be from 0 to {2}; with more, a kernel of {3} would see nothing but zeros at the borders");

    public static readonly DiagnosticDescriptor TooLarge = Rule.Error(
        "FPE0033",
        "An image is too large to store",
        "{0}: an image of {1} has {2} values, but the maximum is {3}; {4}");

    public static readonly DiagnosticDescriptor UnreachedPixels = Rule.Warning(
        "FPE0034",
        "A window never reaches part of the image",
        "{0}: a kernel of {1} in steps of {2} never reaches {3} of its {4}; change the kernel, the stride or the layers below, "
        + "or suppress this if it is intended");

    public static readonly DiagnosticDescriptor PoolPadding = Rule.Error(
        "FPE0062",
        "The padding of a pooling layer is at most half of the kernel",
        "{0}: padding {1} must be from 0 to {2}, half of the kernel, {3}");

    public static readonly DiagnosticDescriptor Groups = Rule.Error(
        "FPE0064",
        "Groups must divide channels and filters",
        "{0}: {1} groups must divide both its {2} {3} and its {4} filters");
}

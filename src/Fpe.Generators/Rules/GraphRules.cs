using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on which values layers read.</summary>
internal static class GraphRules
{
    public static readonly DiagnosticDescriptor UnknownValue = Rule.Error(
        "FPE0048",
        "A layer reads earlier layers of its model",
        "{0}: the layer reads {1}, {2}; {3}");

    public static readonly DiagnosticDescriptor UnreadLayer = Rule.Error(
        "FPE0049",
        "Every layer but the last is read",
        "{0}: no layer reads this one, and it is not the last, so it would never be trained; read it with From = nameof({1}), or remove it");

    public static readonly DiagnosticDescriptor TooFewValues = Rule.Error(
        "FPE0050",
        "Add and Concat read at least two values",
        "{0}: [{1}] reads at least two values, but names {2}; name them, such as '[{1}(nameof(First), nameof(Second))]'");

    public static readonly DiagnosticDescriptor DifferentShapes = Rule.Error(
        "FPE0051",
        "Values that are joined must have shapes that fit",
        "{0}: the layer {1}, but {2} is {3} and {4} is {5}; {6}");

    public static readonly DiagnosticDescriptor DifferentExpansions = Rule.Error(
        "FPE0052",
        "Values that are added must be expanded in the same way",
        "{0}: {1} is {2}, but {3} is {4}, so their children do not match; {5}");
}

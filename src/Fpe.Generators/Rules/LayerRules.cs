using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the layers themselves: sizes, rates and which attributes go together.</summary>
internal static class LayerRules
{
    public static readonly DiagnosticDescriptor NotPositive = Rule.Error(
        "FPE0010",
        "Sizes must be positive",
        "{0}: {1} must be at least 1, but is {2}");

    public static readonly DiagnosticDescriptor DropoutRate = Rule.Error(
        "FPE0014",
        "A dropout rate must be at least 0 and below 1",
        "{0}: dropout rate {1} must be at least 0 and below 1");

    public static readonly DiagnosticDescriptor TwoActivations = Rule.Error(
        "FPE0015",
        "A layer has at most one activation",
        "{0}: a layer has at most one activation, but this one has [{1}] and [{2}]; remove one of them");

    public static readonly DiagnosticDescriptor OtherLayer = Rule.Error(
        "FPE0016",
        "The attribute does not apply to this layer",
        "{0}: [{1}] applies to a {2} layer, but this {3}; {4}");

    public static readonly DiagnosticDescriptor TwoLayers = Rule.Error(
        "FPE0017",
        "A property is one layer",
        "{0}: a property is one layer, but this one has [{1}] and [{2}]; give each a property of its own");
}

using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the layers themselves: sizes, rates and which attributes go together.</summary>
internal static class LayerRules
{
    public static readonly DiagnosticDescriptor NotPositive = Rule.Error(
        "FPE0010",
        "Sizes must be positive",
        "{0}: {1} must be at least 1, but is {2}");

    public static readonly DiagnosticDescriptor Slope = Rule.Error(
        "FPE0063",
        "The slope of a leaky ReLU must be at least 0 and finite",
        "{0}: slope {1} must be at least 0 and finite");

    public static readonly DiagnosticDescriptor DropoutRate = Rule.Error(
        "FPE0014",
        "A dropout rate must be at least 0 and less than 1",
        "{0}: dropout rate {1} must be at least 0 and less than 1");

    public static readonly DiagnosticDescriptor NormNumber = Rule.Error(
        "FPE0054",
        "A parameter of a normalisation layer is out of range",
        "{0}: {1} must be {3}, but is {2}");

    public static readonly DiagnosticDescriptor TwoActivations = Rule.Error(
        "FPE0015",
        "A layer can have at most one activation",
        "{0}: a layer can have at most one activation, but this one has [{1}] and [{2}]; remove one of them");

    public static readonly DiagnosticDescriptor OtherLayer = Rule.Error(
        "FPE0016",
        "The attribute does not apply to this layer",
        "{0}: [{1}] applies to a {2} layer, but this {3}; {4}");

    public static readonly DiagnosticDescriptor TwoLayers = Rule.Error(
        "FPE0017",
        "A property can declare only one layer",
        "{0}: a property can declare only one layer, but this one has [{1}] and [{2}]; give each its own property");

    public static readonly DiagnosticDescriptor ExpandedWithoutActivation = Rule.Warning(
        "FPE0039",
        "An expanded layer has no activation",
        "{0}: the layer is expanded, but has no activation, so it and {1} together are one linear map, no matter how many children it has; "
        + "add an activation, such as [Relu]");

    public static readonly DiagnosticDescriptor OutputActivation = Rule.Warning(
        "FPE0040",
        "The output layer has an activation",
        "{0}: the output layer has [{1}], but the cross-entropy losses apply their own function to its outputs; remove it, "
        + "or suppress this if the model is trained with Loss.MeanSquaredError");

    public static readonly DiagnosticDescriptor DropoutAfterOutput = Rule.Warning(
        "FPE0041",
        "Dropout after the output layer",
        "{0}: dropout after the output layer {1} sets outputs of the model to zero during training; move it before {1}, or remove it");
}

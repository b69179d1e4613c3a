using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on how layers are expanded.</summary>
internal static class ExpansionRules
{
    public static readonly DiagnosticDescriptor FactorBelowOne = Rule.Error(
        "FPE0011",
        "An expansion factor must be at least 1",
        "{0}: factor {1} is below 1; use 1 to keep a layer dense, or at least 2 to expand it");

    public static readonly DiagnosticDescriptor FactorAboveFanIn = Rule.Error(
        "FPE0012",
        "An expansion factor cannot be larger than the layer's inputs",
        "{0}: factor {1} is larger than its {2} inputs, so a child would have no weights; the largest factor that fits is {3}");

    public static readonly DiagnosticDescriptor FactorAboveReaders = Rule.Error(
        "FPE0013",
        "With Outgoing.Deal, an expansion factor cannot be larger than the next layer",
        "{0}: factor {1} is larger than the {2} neurons of {3}, so with Outgoing.Deal a child would have no reader; "
        + "the largest factor that fits is {4}");

    public static readonly DiagnosticDescriptor OutputLayer = Rule.Error(
        "FPE0018",
        "The output layer cannot be expanded",
        "{0}: the output layer cannot be expanded, because its neurons are the model's outputs; {1}");

    public static readonly DiagnosticDescriptor NarrowReader = Rule.Error(
        "FPE0073",
        "A layer that reads neurons by position cannot read children",
        "{0}: the layer is expanded, but {1}, {2} layer, reads its neurons and cannot read their children; remove [Expand], or use factor 1");

    public static readonly DiagnosticDescriptor UndefinedValue = Rule.Error(
        "FPE0019",
        "The value is not a member of its enum",
        "{0}: {1} is not a value of {2}; use {3}");

    public static readonly DiagnosticDescriptor UnevenChildren = Rule.Warning(
        "FPE0026",
        "The expansion factor does not divide the layer's inputs",
        "{0}: factor {1} does not divide its {2} inputs, so a neuron's children have {3} × {4} and {5} × {6} inputs; {7}");

    public static readonly DiagnosticDescriptor LostOutputs = Rule.Warning(
        "FPE0027",
        "Some children must lose all their outputs",
        "{0}: {1}, so some children must lose all their outputs; {2}");

    public static readonly DiagnosticDescriptor NoEffect = Rule.Warning(
        "FPE0028",
        "The option has no effect",
        "{0}: {1} has no effect, because {2}; {3}");

    public static readonly DiagnosticDescriptor MixedStrategies = Rule.Error(
        "FPE0042",
        "Either all expanded layers of a model learn their edges, or none do",
        "{0}: the layer {1}, but {2} {3}; give all expanded layers Split.Learned, or none");

    public static readonly DiagnosticDescriptor Pattern = Rule.Error(
        "FPE0045",
        "An N:M pattern must divide the layer's inputs among the children",
        "{0}: Within = {1} must be a multiple of factor {2} that divides the layer's {3} inputs; {4}");

    public static readonly DiagnosticDescriptor NoMeaning = Rule.Error(
        "FPE0046",
        "The option does not apply to this strategy or factor",
        "{0}: {1} does not apply to {2}, because {3}");

    public static readonly DiagnosticDescriptor TooManyFeatures = Rule.Error(
        "FPE0055",
        "A layer has too many inputs for Split.Feature",
        "{0}: Split.Feature compares all pairs of {1} inputs, but the maximum is {2} inputs; use Split.Random");

    public static readonly DiagnosticDescriptor OwnPartitions = Rule.Information(
        "FPE0074",
        "Neurons with partitions of their own are slower than the dense parent",
        "{0}: each of its {1} {2} has its own partition, so training takes {3} times as long as in the dense parent; "
        + "Share = {4} is faster, and Share = 1 keeps the partitions without this message");

    public static readonly DiagnosticDescriptor SingleChannels = Rule.Error(
        "FPE0065",
        "A convolution of single channels cannot be expanded",
        "{0}: {1}; {2}");

    public static readonly DiagnosticDescriptor UnevenGroups = Rule.Error(
        "FPE0066",
        "The groups of a convolution must read equally many children",
        "{0}: {1}");
}

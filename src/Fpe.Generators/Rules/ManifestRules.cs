using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the manifests of trained models.</summary>
internal static class ManifestRules
{
    public static readonly DiagnosticDescriptor PlanDiffers = Rule.Error(
        "FPE0075",
        "A trained model must have the plan of its class",
        "{0}: {1} is {2}, but {3} in {4}; change it back, or train the model again and save it with its manifest");

    public static readonly DiagnosticDescriptor OtherModel = Rule.Error(
        "FPE0076",
        "A manifest must belong to a model of the project",
        "{0}: the manifest belongs to {1}, but {2}; {3}");

    public static readonly DiagnosticDescriptor Unreadable = Rule.Error(
        "FPE0077",
        "A manifest cannot be read",
        "{0}: the manifest cannot be read, because {1}");

    public static readonly DiagnosticDescriptor SecondModel = Rule.Error(
        "FPE0078",
        "A class can have one embedded model",
        "{0}: {1} and {2} are both embedded as its trained model, but LoadEmbedded loads one; remove one of the FpeModel items, "
        + "or embed it as an EmbeddedResource and load it with Load(stream, name)");
}

using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on blocks and their uses.</summary>
internal static class BlockRules
{
    public static readonly DiagnosticDescriptor ContainsItself = Rule.Error(
        "FPE0056",
        "A block cannot contain itself",
        "{0}: the block contains itself ({1}), so its layers would never end; remove one of these properties");

    public static readonly DiagnosticDescriptor UseType = Rule.Error(
        "FPE0057",
        "The type of the property cannot be a use of a block",
        "{0}: {1}; {2}");

    public static readonly DiagnosticDescriptor RepeatedShape = Rule.Error(
        "FPE0058",
        "The output of a repeated block must have the shape of its input",
        "{0}: {1} reads {2}, but computes {3}, so it cannot read itself; make its output fit its input, or use it once");

    public static readonly DiagnosticDescriptor InputShape = Rule.Error(
        "FPE0059",
        "A block can read only values of its declared shape",
        "{0}: {1} reads {2}, but gets {3} from {4}; change [Block] of {1}, or the layer before it");

    public static readonly DiagnosticDescriptor TooManyLayers = Rule.Error(
        "FPE0060",
        "A model has too many layers",
        "{0}: {1} of {2} with {3} would make {4} layers, but the maximum is {5}; repeat it less often");
}

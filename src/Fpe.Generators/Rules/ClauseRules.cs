using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the groups of inputs that <c>Split.Clause</c> deals to children.</summary>
internal static class ClauseRules
{
    public static readonly DiagnosticDescriptor NoGroups = Rule.Error(
        "FPE0022",
        "Split.Clause requires groups of inputs",
        "{0}: Split.Clause assigns groups of inputs to children, but no [Clause] declares groups of the layer's {1} inputs; {2}");

    public static readonly DiagnosticDescriptor IndexOutOfRange = Rule.Error(
        "FPE0023",
        "A group names an input that does not exist",
        "{0}: input {1} does not exist; the {2} inputs are numbered 0 to {3}");

    public static readonly DiagnosticDescriptor InputTwice = Rule.Error(
        "FPE0024",
        "An input can be in at most one group",
        "{0}: input {1} is named twice, but an input can be in at most one group; remove it here or from the first group");

    public static readonly DiagnosticDescriptor FewerGroupsThanChildren = Rule.Error(
        "FPE0025",
        "An expansion factor cannot be larger than the number of groups",
        "{0}: factor {1} is larger than the {4} parts to assign (groups: {2}, inputs without a group: {3}), so a child would have "
        + "no weights; the largest factor that fits is {4}");
}

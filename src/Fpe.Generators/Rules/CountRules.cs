using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the number of non-zero parameters.</summary>
internal static class CountRules
{
    public static readonly DiagnosticDescriptor BudgetExceeded = Rule.Error(
        "FPE0020",
        "The model has more non-zero parameters than its budget",
        "{0}: {1} non-zero {2} exceed the budget of {3} by {4}; {5}");

    public static readonly DiagnosticDescriptor TooLarge = Rule.Error(
        "FPE0021",
        "A layer is too large to store",
        "{0}: the layer would have {1} weights, but the maximum is {2}; {3}");

    public static readonly DiagnosticDescriptor PrunedToFloor = Rule.Warning(
        "FPE0035",
        "Pruning at the start would remove more than half of a layer",
        "{0}: with expansion at the start, pruning by magnitude alone would keep about {1} of its {2} weights, so pruning leaves it half of "
        + "them, {3}; {4}");

    public static readonly DiagnosticDescriptor LearnedBudget = Rule.Error(
        "FPE0043",
        "The budget of a model that learns its edges cannot be reached",
        "{0}: {1} {2} that learning can reach{3}; {4}");

    public static readonly DiagnosticDescriptor NothingToLearn = Rule.Error(
        "FPE0044",
        "A model that learns its edges must leave some out",
        "{0}: the model learns its edges, but ends with all {1} possible weights; {2}");

    public static readonly DiagnosticDescriptor TooWide = Rule.Error(
        "FPE0047",
        "A layer is too wide to compute",
        "{0}: the layer would have {1} {2}, but the maximum is {3}; make it smaller");
}

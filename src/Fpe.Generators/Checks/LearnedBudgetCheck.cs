using System;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that a model that learns its edges can end with its budget, or with the count of its dense parent.</summary>
internal static class LearnedBudgetCheck
{
    public static void Run(DeclaredModel model, ModelGraph graph, WeightCounts counts, Findings findings)
    {
        // At least one weight is left out; otherwise, nothing would be learned.
        long most = Math.Min(counts.LinearCeiling, counts.LinearBeforePruning - 1);
        if (most < counts.LinearFloor || counts.ExpandedLinearWeights == counts.LinearBeforePruning)
            ReportNothingToLearn(model, counts, hasBudgets: most >= counts.LinearFloor, findings);
        else if (counts.ExpandedLinearWeights < counts.LinearFloor)
            ReportBelow(model, graph, counts, InUnitsOfBudget(counts, counts.LinearFloor), findings);
        else if (counts.ExpandedLinearWeights > most)
            ReportAbove(model, counts, InUnitsOfBudget(counts, most), findings);
    }

    private static void ReportBelow(DeclaredModel model, ModelGraph graph, WeightCounts counts, long least, Findings findings)
    {
        string limit = Invariant($"below {least}, the minimum");
        string parts = $" ({PartsOf(graph, counts)})";
        if (model.Budget is { } budget)
        {
            findings.AddFixable(
                CountRules.LearnedBudget, budget.Location, FixData.Numbers, least,
                model.Name, BudgetOf(model, counts), limit, parts, Invariant($"raise it to {least}"));
        }
        else
        {
            string added = Invariant($"{AttributeNames.NonZeroBudget}({least})");
            findings.AddFixable(
                CountRules.LearnedBudget, model.Attribute.Location, FixData.Add, added,
                model.Name, $"the dense parent's {counts.NonZero} non-zero {UnitOf(counts)} are", limit, parts,
                $"add [{added}], or use lower factors");
        }
    }

    /// <summary>The dense parent never has more weights than are possible.</summary>
    private static void ReportAbove(DeclaredModel model, WeightCounts counts, long most, Findings findings) => findings.AddFixable(
        CountRules.LearnedBudget, model.Budget!.Location, FixData.Numbers, most,
        model.Name, BudgetOf(model, counts), Invariant($"above {most}, the maximum"), string.Empty, Invariant($"lower it to {most}"));

    private static void ReportNothingToLearn(DeclaredModel model, WeightCounts counts, bool hasBudgets, Findings findings)
    {
        string budget = model.Budget is null ? "add a lower [NonZeroBudget]" : "lower the budget";
        string factor = model.Hidden.Any() ? ", or use a larger factor" : string.Empty;
        findings.Add(
            CountRules.NothingToLearn,
            model.Budget?.Location ?? model.Expandable.First(layer => layer.LearnsEdges).Expansion!.Attribute.LocationOf(AttributeNames.Strategy),
            model.Name, counts.BeforePruning, hasBudgets ? budget + factor : "use more inputs or neurons, or remove [Expand]");
    }

    /// <summary>Converts a number of weights of <c>Linear</c> layers to a budget.</summary>
    private static long InUnitsOfBudget(WeightCounts counts, long linearWeights) =>
        checked(linearWeights + counts.BackboneWeights + (counts.CountBiases ? counts.ExpandedBiases : 0));

    private static string BudgetOf(DeclaredModel model, WeightCounts counts) =>
        Invariant($"the budget of {model.Budget!.Count} non-zero {UnitOf(counts)} is");

    private static string UnitOf(WeightCounts counts) => counts.CountBiases ? "weights and biases" : "weights";

    /// <summary>Describes the parts of the minimum that a model can end with.</summary>
    private static string PartsOf(ModelGraph graph, WeightCounts counts)
    {
        long patterns = Enumerable.Range(0, counts.Layers.Count)
            .Where(l => graph.Sizes[l].HasPattern).Sum(l => counts.Layers[l].Floor);
        (string Name, long Count)[] parts =
        [
            ("one per neuron", counts.LinearFloor - patterns),
            ("N:M patterns", patterns),
            ("convolutions", counts.BackboneWeights),
            ("biases", counts.CountBiases ? counts.ExpandedBiases : 0),
        ];
        return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => Invariant($"{part.Name}: {part.Count}")));
    }
}

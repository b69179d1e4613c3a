using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Checks that pruning leaves enough weights and that the budget is met.</summary>
internal static class CountCheck
{
    /// <summary>Checks a model whose individual layers and expansions are valid.</summary>
    public static void Run(DeclaredModel model, ModelGraph graph, Location name, Findings findings)
    {
        WeightCounts counts = WeightCounts.Of(graph.Sizes, model.CountBiases, model.LearnedBudget, graph.UnitParameters);
        if (counts.LearnsEdges)
        {
            LearnedBudgetCheck.Run(model, graph, counts, findings);
            return;
        }

        if (counts.ExpandedLinearWeights < counts.LinearFloor)
        {
            ReportFloor(model, counts, findings);
        }
        else if (counts.Pruned > 0 && counts.EdgesToReachEveryChild > counts.ExpandedLinearWeights)
        {
            findings.Add(
                ExpansionRules.LostOutputs, name, model.Name,
                $"its {counts.EdgesToReachEveryChild} children share {counts.ExpandedLinearWeights} weights after pruning", "lower the factors");
        }
        else
        {
            PruningCheck.Run(model, graph, counts, findings);
        }

        if (counts.NonZero > model.Budget?.Count)
            ReportExceeded(model, model.Budget, counts, counts.NonZero, findings);
    }

    /// <summary>Only counted biases can push the budget below the number of weights that pruning leaves.</summary>
    private static void ReportFloor(DeclaredModel model, WeightCounts counts, Findings findings)
    {
        long least = counts.BackboneWeights + counts.LinearFloor + counts.ExpandedBiases;
        findings.Add(
            CountRules.BudgetExceeded, model.Attribute.LocationOfWhole(AttributeNames.CountBiases), model.Name,
            $"at least {least}", "weights and biases", counts.NonZero, least - counts.NonZero,
            $"{counts.ExpandedBiases} are biases, and pruning leaves every layer half of its weights; lower a factor or do not count biases");
    }

    /// <summary>Reports that there are more non-zero parameters than the budget allows, and which layer has most weights.</summary>
    internal static void ReportExceeded(DeclaredModel model, DeclaredBudget budget, WeightCounts counts, long count, Findings findings)
    {
        int most = Enumerable.Range(0, counts.Layers.Count).OrderByDescending(l => counts.Layers[l].Dense).First();
        ExpandableLayer largest = model.Expandable[most];
        findings.AddFixable(
            CountRules.BudgetExceeded, budget.Location, FixData.Numbers, count, model.Name,
            count, model.CountBiases ? "weights and biases" : "weights", budget.Count, count - budget.Count,
            $"the largest layer is {largest.Name} with {counts.Layers[most].Dense} weights; "
            + $"give it fewer {largest.SizeArgument}, or raise the budget to {count}");
    }
}

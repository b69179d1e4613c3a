using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Checks that the layers can be stored, that pruning leaves enough, and that the budget is met.</summary>
internal static class CountCheck
{
    /// <summary>Checks a model whose layers and expansions are valid by themselves.</summary>
    public static void Run(DeclaredModel model, Location name, Findings findings)
    {
        IReadOnlyList<WeightedLayer> layers = model.Weighted;
        RequireStorable(layers, findings);
        if (findings.IsBroken)
            return;

        WeightCounts counts = WeightCounts.Of([.. layers.Select(layer => layer.Size)], model.CountBiases, model.LearnedBudget);
        if (counts.LearnsEdges)
        {
            LearnedBudgetCheck.Run(model, counts, findings);
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
            PruningCheck.Run(model, findings);
        }

        if (counts.NonZero > model.Budget?.Count)
            ReportExceeded(model, model.Budget, counts, findings);
    }

    /// <summary>Every child has a weight of its own, so a layer has no more children than weights.</summary>
    private static void RequireStorable(IReadOnlyList<WeightedLayer> layers, Findings findings)
    {
        foreach (WeightedLayer layer in layers)
        {
            long copies = layer.Source?.Expanded?.Size.OutgoingCopies ?? 1;
            BigInteger weights = new BigInteger(layer.Weights) * copies * (layer is ExpandableLayer { LearnsEdges: true } learned ? learned.Factor : 1);
            if (weights > WeightCounts.MaximumWeights)
            {
                findings.Add(
                    CountRules.TooLarge, layer.Attribute.LocationOf(layer.SizeArgument),
                    layer.Subject, weights, WeightCounts.MaximumWeights, layer.Remedy);
            }
        }
    }

    /// <summary>Only counted biases can push the budget below what pruning leaves the layers.</summary>
    private static void ReportFloor(DeclaredModel model, WeightCounts counts, Findings findings)
    {
        long least = counts.BackboneWeights + counts.LinearFloor + counts.ExpandedBiases;
        findings.Add(
            CountRules.BudgetExceeded, model.Attribute.LocationOfWhole(AttributeNames.CountBiases), model.Name,
            $"at least {least}", "weights and biases", counts.NonZero, least - counts.NonZero,
            $"{counts.ExpandedBiases} are biases, and pruning leaves every layer half of its weights; lower a factor, or do not count biases");
    }

    private static void ReportExceeded(DeclaredModel model, DeclaredBudget budget, WeightCounts counts, Findings findings)
    {
        int most = Enumerable.Range(0, counts.Layers.Count).OrderByDescending(l => counts.Layers[l].Dense).First();
        WeightedLayer largest = model.Weighted[most];
        findings.AddFixable(
            CountRules.BudgetExceeded, budget.Location, FixData.Numbers, counts.NonZero, model.Name,
            counts.NonZero, model.CountBiases ? "weights and biases" : "weights", budget.Count, counts.NonZero - budget.Count,
            $"the largest layer is {largest.Name} with {counts.Layers[most].Dense} weights; "
            + $"give it fewer {largest.SizeArgument}, or raise the budget to {counts.NonZero}");
    }
}

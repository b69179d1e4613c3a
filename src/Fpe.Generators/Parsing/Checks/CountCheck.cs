using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Model;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Checks that the layers can be stored, that pruning leaves enough, and that the budget is met.</summary>
internal static class CountCheck
{
    /// <summary>Checks a model whose layers and expansions are valid by themselves.</summary>
    public static void Run(DeclaredModel model, Location name, Findings findings)
    {
        IReadOnlyList<DeclaredLinear> layers = model.Linears;
        RequireStorable(model, layers, findings);
        if (findings.IsBroken)
            return;

        WeightCounts counts = WeightCounts.Of([.. layers.Select(SizeOf)], model.CountBiases);
        if (counts.Pruned > 0 && counts.EdgesToReachEveryChild > counts.Expanded)
        {
            findings.Add(
                ExpansionRules.LostOutputs, name, model.Name,
                $"its {counts.EdgesToReachEveryChild} children share {counts.Expanded} weights after pruning", "lower the factors");
        }

        if (model.Budget is { } budget)
            RequireBudget(model, budget, counts, findings);
    }

    private static LayerSize SizeOf(DeclaredLinear layer) =>
        new(layer.Inputs, layer.Neurons, layer.Factor, layer.Expansion?.Outgoing == Outgoing.Deal);

    /// <summary>A factor is at most the fan-in, so a layer has no more children than weights.</summary>
    private static void RequireStorable(DeclaredModel model, IReadOnlyList<DeclaredLinear> layers, Findings findings)
    {
        long copiesBelow = 1;
        foreach (DeclaredLinear layer in layers)
        {
            LayerSize size = SizeOf(layer);
            decimal weights = (decimal)size.Neurons * size.Inputs * copiesBelow;
            if (weights > int.MaxValue)
            {
                findings.Add(
                    CountRules.TooLarge, layer.Attribute.LocationOf(AttributeNames.Neurons),
                    $"{model.Name}.{layer.Name}", weights, int.MaxValue);
            }

            copiesBelow = size.OutgoingCopies;
        }
    }

    private static void RequireBudget(DeclaredModel model, DeclaredAttribute budget, WeightCounts counts, Findings findings)
    {
        Location place = budget.LocationOf(AttributeNames.Count);
        if (budget.Value(AttributeNames.Count, 0L) is not { } limit)
        {
            findings.MarkBroken();
        }
        else if (limit < 1)
        {
            findings.Add(LayerRules.NotPositive, place, model.Name, "the budget", limit);
        }
        else if (counts.NonZero > limit)
        {
            int largest = Enumerable.Range(0, counts.Layers.Count).OrderByDescending(l => counts.Layers[l].Dense).First();
            findings.Add(
                CountRules.BudgetExceeded, place, model.Name,
                counts.NonZero, model.CountBiases ? "weights and biases" : "weights", limit, counts.NonZero - limit,
                model.Linears[largest].Name, counts.Layers[largest].Dense);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>
/// Warns about layers whose initial weights are so much smaller than those of other layers that pruning reduces them to their floor.
/// </summary>
internal static class PruningCheck
{
    public static void Run(DeclaredModel model, ModelGraph graph, WeightCounts counts, Findings findings)
    {
        if (counts.Pruned == 0)
            return;

        LayerSize[] layers = [.. graph.Sizes];
        Loss[] losses = [.. LossesOf(layers, counts)];
        if (losses.Length == 0)
            return;

        int widest = Enumerable.Range(0, layers.Length).OrderByDescending(l => CostOf(layers, l, model.CountBiases)).First();
        int largest = LargestFactor(layers, graph, widest, model.CountBiases);
        var cause = model.Expandable[widest];
        Location place = cause.Expansion!.Attribute.LocationOf(AttributeNames.Factor);
        foreach (Loss loss in losses)
        {
            object[] arguments =
            [
                $"{model.Name}.{model.Expandable[loss.Layer].Name}", Math.Round(loss.Kept), loss.Counts.Dense, loss.Counts.Floor,
                Remedy(cause, largest),
            ];
            if (largest > 1)
                findings.AddFixable(CountRules.PrunedToFloor, place, FixData.Numbers, largest, arguments);
            else
                findings.Add(CountRules.PrunedToFloor, place, arguments);
        }
    }

    /// <summary>Returns the layers that would fall below their floor.</summary>
    private static IEnumerable<Loss> LossesOf(LayerSize[] layers, WeightCounts counts)
    {
        double[] kept = InitialPruning.Expect(layers, counts);
        for (int l = 0; l < layers.Length; l++)
        {
            if (kept[l] < counts.Layers[l].Floor)
                yield return new Loss(l, kept[l], counts.Layers[l]);
        }
    }

    /// <summary>Returns the number of weights that are pruned because a layer is expanded.</summary>
    private static long CostOf(LayerSize[] layers, int layer, bool countBiases)
    {
        LayerSize size = layers[layer];
        long edges = size.OutgoingCopies == 1 ? 0 : layers
            .Where(reader => !reader.IsBackbone && reader.Parts is not null)
            .Sum(reader => reader.Parts!.Where(part => part.Layer == layer).Sum(part => (long)part.Count * (reader.Neurons / reader.InputGroups)));
        return ((size.OutgoingCopies - 1L) * edges) + (countBiases ? (size.BiasesPerNeuron - 1L) * size.Neurons : 0);
    }

    /// <summary>Returns the largest factor of a layer with which no layer falls below its floor; 1 if there is none.</summary>
    private static int LargestFactor(LayerSize[] layers, ModelGraph graph, int layer, bool countBiases)
    {
        (int fits, int tooLarge) = (1, layers[layer].Factor);
        while (tooLarge - fits > 1)
        {
            int factor = fits + ((tooLarge - fits) / 2);
            var lowered = (LayerSize[])layers.Clone();
            lowered[layer] = new LayerSize(layers[layer].Inputs, layers[layer].Neurons, factor, layers[layer].DealsOutgoing)
            {
                Parts = layers[layer].Parts,
                InputGroups = layers[layer].InputGroups,
            };
            if (LossesOf(lowered, WeightCounts.Of(lowered, countBiases, budget: null, graph.UnitParameters)).Any())
                tooLarge = factor;
            else
                fits = factor;
        }

        return fits;
    }

    private static string Remedy(ExpandableLayer cause, int largest)
    {
        string factor = largest > 1 ? $"lower the factor of {cause.Name} to {largest}" : "lower the factors";
        return cause.Expansion!.Outgoing == Outgoing.Deal
            ? factor
            : $"{factor}, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)";
    }

    private readonly record struct Loss(int Layer, double Kept, LayerWeights Counts);
}

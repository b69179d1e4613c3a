using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Warns of layers whose initial weights are so small beside those of the others that pruning takes them to their floor.</summary>
internal static class PruningCheck
{
    public static void Run(DeclaredModel model, ModelGraph graph, Findings findings)
    {
        LayerSize[] sizes = [.. graph.Sizes];
        if (WeightCounts.Of(sizes, model.CountBiases).Pruned == 0)
            return;

        Loss[] losses = [.. LossesOf(sizes, model.CountBiases)];
        if (losses.Length == 0)
            return;

        int widest = Enumerable.Range(0, sizes.Length).OrderByDescending(l => CostOf(sizes, l, model.CountBiases)).First();
        int largest = LargestFactor(sizes, widest, model.CountBiases);
        var cause = (ExpandableLayer)model.Weighted[widest];
        Location place = cause.Expansion!.Attribute.LocationOf(AttributeNames.Factor);
        foreach (Loss loss in losses)
        {
            object[] arguments =
            [
                $"{model.Name}.{model.Weighted[loss.Layer].Name}", Math.Round(loss.Kept), loss.Counts.Dense, loss.Counts.Floor,
                Remedy(cause, largest),
            ];
            if (largest > 1)
                findings.AddFixable(CountRules.PrunedToFloor, place, FixData.Numbers, largest, arguments);
            else
                findings.Add(CountRules.PrunedToFloor, place, arguments);
        }
    }

    /// <summary>The layers that would fall below their floor.</summary>
    private static IEnumerable<Loss> LossesOf(LayerSize[] sizes, bool countBiases)
    {
        WeightCounts counts = WeightCounts.Of(sizes, countBiases);
        double[] kept = InitialPruning.Expect(sizes, counts);
        for (int l = 0; l < sizes.Length; l++)
        {
            if (kept[l] < counts.Layers[l].Floor)
                yield return new Loss(l, kept[l], counts.Layers[l]);
        }
    }

    /// <summary>Weights that are pruned because a layer is expanded.</summary>
    private static long CostOf(LayerSize[] sizes, int layer, bool countBiases)
    {
        LayerSize size = sizes[layer];
        long copies = sizes.Sum(reader => (reader.Parts ?? []).Where(part => part.Layer == layer).Sum(part => (size.OutgoingCopies - 1L) * part.Count * reader.Neurons));
        return copies + (countBiases ? (size.BiasesPerNeuron - 1L) * size.Neurons : 0);
    }

    /// <summary>The largest factor of a layer with which none falls below its floor; 1 if there is none.</summary>
    private static int LargestFactor(LayerSize[] sizes, int layer, bool countBiases)
    {
        (int fits, int tooLarge) = (1, sizes[layer].Factor);
        while (tooLarge - fits > 1)
        {
            int factor = fits + ((tooLarge - fits) / 2);
            var lowered = (LayerSize[])sizes.Clone();
            lowered[layer] = new LayerSize(sizes[layer].Inputs, sizes[layer].Neurons, factor, sizes[layer].DealsOutgoing) { Parts = sizes[layer].Parts };
            if (LossesOf(lowered, countBiases).Any())
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

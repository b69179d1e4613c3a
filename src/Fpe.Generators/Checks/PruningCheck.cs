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
    public static void Run(DeclaredModel model, Findings findings)
    {
        LayerSize[] chain = [.. model.Weighted.Select(layer => layer.Size)];
        if (WeightCounts.Of(chain, model.CountBiases).Pruned == 0)
            return;

        Loss[] losses = [.. LossesOf(chain, model.CountBiases)];
        if (losses.Length == 0)
            return;

        int widest = Enumerable.Range(0, chain.Length).OrderByDescending(l => CostOf(chain, l, model.CountBiases)).First();
        int largest = LargestFactor(chain, widest, model.CountBiases);
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
    private static IEnumerable<Loss> LossesOf(LayerSize[] chain, bool countBiases)
    {
        WeightCounts counts = WeightCounts.Of(chain, countBiases);
        double[] kept = InitialPruning.Expect(chain, counts);
        for (int l = 0; l < chain.Length; l++)
        {
            if (kept[l] < counts.Layers[l].Floor)
                yield return new Loss(l, kept[l], counts.Layers[l]);
        }
    }

    /// <summary>Weights that are pruned because a layer is expanded.</summary>
    private static long CostOf(LayerSize[] chain, int layer, bool countBiases)
    {
        LayerSize size = chain[layer];
        long copies = layer + 1 < chain.Length ? (size.OutgoingCopies - 1L) * size.Neurons * chain[layer + 1].Neurons : 0;
        return copies + (countBiases ? (size.BiasesPerNeuron - 1L) * size.Neurons : 0);
    }

    /// <summary>The largest factor of a layer with which none falls below its floor; 1 if there is none.</summary>
    private static int LargestFactor(LayerSize[] chain, int layer, bool countBiases)
    {
        (int fits, int tooLarge) = (1, chain[layer].Factor);
        while (tooLarge - fits > 1)
        {
            int factor = fits + ((tooLarge - fits) / 2);
            var lowered = (LayerSize[])chain.Clone();
            lowered[layer] = new LayerSize(chain[layer].Inputs, chain[layer].Neurons, factor, chain[layer].DealsOutgoing);
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

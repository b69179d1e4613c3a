using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Generators.Checks;

/// <summary>
/// What pruning by magnitude alone would leave each layer of a model that is expanded at the start. Initial weights are uniform in
/// ±1/√n, n being the fan-in, so counts alone say how many are expected below a threshold.
/// </summary>
internal static class InitialPruning
{
    /// <summary>Expected weights of each layer after pruning, in their order; those of layers that are never pruned stay.</summary>
    public static double[] Expect(IReadOnlyList<LayerSize> layers, WeightCounts counts)
    {
        double[] kept = [.. counts.Layers.Select(layer => (double)layer.BeforePruning)];
        int[] pruned = [.. Enumerable.Range(0, layers.Count).Where(l => !layers[l].IsBackbone).OrderByDescending(l => layers[l].Inputs)];

        // Below the threshold t are the share min(1, t√n) of a layer's weights; layers that lose all of them come first.
        double toRemove = counts.Pruned;
        double lossPerThreshold = pruned.Sum(LossPerThreshold);
        foreach (int l in pruned)
        {
            double loss = LossPerThreshold(l) * toRemove / lossPerThreshold;
            if (loss < kept[l])
                break;
            lossPerThreshold -= LossPerThreshold(l);
            toRemove -= kept[l];
            kept[l] = 0;
        }

        double threshold = toRemove / lossPerThreshold;
        foreach (int l in pruned)
            kept[l] -= LossPerThreshold(l) * threshold;
        return kept;

        double LossPerThreshold(int l) => kept[l] * Math.Sqrt(layers[l].Inputs);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Generators.Checks;

/// <summary>
/// Computes what pruning by magnitude alone would leave each layer of a model that is expanded at the start. Initial weights are uniform in
/// ±1/√n, where n is the fan-in, so the expected number below a threshold follows from the counts.
/// </summary>
internal static class InitialPruning
{
    /// <summary>
    /// Returns the expected number of weights of each layer after pruning, in order. Layers that are never pruned keep theirs.
    /// </summary>
    public static double[] Expect(IReadOnlyList<LayerSize> layers, WeightCounts counts)
    {
        double[] kept = [.. counts.Layers.Select(layer => (double)layer.BeforePruning)];
        int[] pruned = [.. Enumerable.Range(0, layers.Count).Where(l => !layers[l].IsBackbone).OrderByDescending(l => layers[l].Inputs)];

        // The share min(1, t√n) of a layer's weights is below the threshold t. Layers that lose all of them come first.
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

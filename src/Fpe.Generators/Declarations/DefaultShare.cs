using System;
using System.Linq;

namespace Fpe.Generators.Declarations;

/// <summary>
/// Chooses how many neurons share a partition if <c>Share</c> is not written. Shared partitions are fast, and cost accuracy where few inputs
/// matter, each for what it is; docs/choosing.md has the measurements behind the rule.
/// </summary>
internal static class DefaultShare
{
    private const int FewestGroups = 4;

    private const int FewestInputs = 128;

    /// <summary>Smaller blocks do not fill a tile of the kernels.</summary>
    private const int Smallest = 8;

    /// <summary>Larger blocks are hardly faster.</summary>
    private const int Largest = 32;

    /// <summary>Returns the largest power of two that leaves enough groups; 1 if there is none or the layer has few inputs.</summary>
    public static int Of(ExpandableLayer layer)
    {
        if (!layer.SharesByDefault || layer.Inputs < FewestInputs || AreReadInGroups(layer) || layer.Expansion is not { Strategy: Split.Random, Factor: > 1 })
            return 1;

        // All neurons of a group read the same child of a dealt neuron, and no child may lose all readers.
        int children = layer.InputParts.Select(part => part.Layer is { Expansion: { Outgoing: Outgoing.Deal } deal } ? deal.Factor : 1).DefaultIfEmpty(1).Max();
        return LargestUpTo(layer.Neurons / Math.Max(FewestGroups, children)) ?? 1;
    }

    /// <summary>Returns the fastest number for a layer, whatever it costs in accuracy; null if it has too few neurons for any.</summary>
    public static int? Fastest(ExpandableLayer layer) => AreReadInGroups(layer) ? null : LargestUpTo(layer.GroupNeurons);

    /// <summary>Whether a convolution reads its neurons in groups, in which case no neurons of two groups may share.</summary>
    private static bool AreReadInGroups(ExpandableLayer layer) => layer.Readers.Any(reader => reader.GroupNeurons < reader.Neurons);

    private static int? LargestUpTo(int most)
    {
        int share = Largest;
        while (share > most)
            share /= 2;
        return share >= Smallest ? share : null;
    }
}

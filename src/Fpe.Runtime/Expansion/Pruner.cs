using System.Collections;
using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>
/// Global magnitude pruning: removes the weights of smallest magnitude in all <c>Linear</c> layers, except those that a layer needs to
/// reach its floor. Among weights of equal magnitude, later ones are removed first, in the order of layers, rows and columns.
/// </summary>
internal static class Pruner
{
    /// <summary>Removes weights until the budget is met.</summary>
    /// <param name="layers">The model; its weights are finite.</param>
    /// <param name="budget">Edges to keep; from the sum of the floors to the number of edges.</param>
    /// <param name="floors">Minimum number of edges of each layer; at most as many as it has.</param>
    /// <returns>The layers; those that lose no edges are unchanged.</returns>
    public static ExpandedLayer[] Prune(IReadOnlyList<ExpandedLayer> layers, long budget, IReadOnlyList<long> floors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, floors.Sum());
        ExpandedLayer[] pruned = Prune(layers, budget);
        ILookup<bool, int> byFloor = Enumerable.Range(0, layers.Count).ToLookup(l => pruned[l].Layout.EdgeCount < floors[l]);
        if (!byFloor[true].Any())
            return pruned;

        // Layers below their floor keep exactly that many edges; the others share the rest of the budget, which may push more of them below
        // theirs.
        foreach (int l in byFloor[true])
            pruned[l] = Prune([layers[l]], floors[l])[0];
        int[] others = [.. byFloor[false]];
        long left = budget - byFloor[true].Sum(l => floors[l]);
        ExpandedLayer[] prunedOthers = Prune([.. others.Select(l => layers[l])], left, [.. others.Select(l => floors[l])]);
        for (int i = 0; i < others.Length; i++)
            pruned[others[i]] = prunedOthers[i];
        return pruned;
    }

    private static ExpandedLayer[] Prune(IReadOnlyList<ExpandedLayer> layers, long budget)
    {
        long toRemove = layers.Sum(layer => (long)layer.Layout.EdgeCount) - budget;
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        ArgumentOutOfRangeException.ThrowIfNegative(toRemove);
        if (toRemove == 0)
            return [.. layers];

        (ulong largestRemoved, long smaller) = MagnitudeSelection.Select(layers, toRemove - 1);
        long tiesToRemove = toRemove - smaller;
        var pruned = new ExpandedLayer[layers.Count];
        for (int l = layers.Count - 1; l >= 0; l--)
        {
            (BitArray kept, int removed) = KeptSlots(layers[l], largestRemoved, ref tiesToRemove);
            pruned[l] = removed == 0 ? layers[l] : Remove(layers[l], kept, layers[l].Layout.EdgeCount - removed);
        }

        return pruned;
    }

    private static (BitArray Kept, int Removed) KeptSlots(ExpandedLayer layer, ulong largestRemoved, ref long tiesToRemove)
    {
        EdgeLayout layout = layer.Layout;
        var rows = new LayoutRows(layout);
        var kept = new BitArray(layout.SlotCount);
        int removed = 0;
        for (int row = layout.OutputCount - 1; row >= 0; row--)
        {
            int firstSlot = rows.FirstSlot(row);
            for (int slot = firstSlot + rows.Columns(row).Length - 1; slot >= firstSlot; slot--)
            {
                if (!layout.IsKept(slot))
                    continue;
                ulong key = MagnitudeSelection.Key(layer.Weights[slot]);
                bool remove = key < largestRemoved || (key == largestRemoved && tiesToRemove-- > 0);
                kept[slot] = !remove;
                removed += remove ? 1 : 0;
            }
        }

        return (kept, removed);
    }

    /// <summary>
    /// Removes edges from a layer. Blocks of several rows are fast, so they keep their shape, with holes, while at least half of their
    /// slots are edges.
    /// </summary>
    private static ExpandedLayer Remove(ExpandedLayer layer, BitArray kept, int edges)
    {
        EdgeLayout layout = layer.Layout;
        bool hasSingleRows = layout.BlockCount == layout.OutputCount;
        return hasSingleRows || edges < layout.SlotCount - edges
            ? ToSparse(layer, kept, edges)
            : WithHoles(layer, kept);
    }

    private static ExpandedLayer WithHoles(ExpandedLayer layer, BitArray kept)
    {
        var weights = (double[])layer.Weights.Clone();
        for (int slot = 0; slot < weights.Length; slot++)
        {
            if (!kept[slot])
                weights[slot] = 0;
        }

        return layer with { Layout = layer.Layout.WithHoles(kept), Weights = weights };
    }

    private static ExpandedLayer ToSparse(ExpandedLayer layer, BitArray kept, int edges)
    {
        EdgeLayout layout = layer.Layout;
        var rows = new LayoutRows(layout);
        var blocks = new (int[] Rows, int[] Columns)[layout.OutputCount];
        var weights = new double[edges];
        var columns = new List<int>(layout.InputCount);
        int edge = 0;
        for (int row = 0; row < blocks.Length; row++)
        {
            columns.Clear();
            int slot = rows.FirstSlot(row);
            foreach (int column in rows.Columns(row))
            {
                if (kept[slot])
                {
                    columns.Add(column);
                    weights[edge++] = layer.Weights[slot];
                }

                slot++;
            }

            blocks[row] = ([row], [.. columns]);
        }

        var sparse = EdgeLayout.OfBlocks(EdgeStructure.Sparse, layout.OutputCount, layout.InputCount, blocks);
        return layer with { Layout = sparse, Weights = weights };
    }
}

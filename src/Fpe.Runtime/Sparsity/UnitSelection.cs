using System.Collections;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// Keeps the units of largest score while their edges fit into a budget, over all layers together. Of equal scores the earlier is
/// kept, in the order of layers and units. Nothing is sorted: scores are not negative, so that their bit patterns are ordered as they
/// are, and four rounds of counting find the smallest that is kept (radix selection, weighted by edges).
/// </summary>
internal sealed class UnitSelection
{
    private const int DigitBits = 16;

    private readonly IReadOnlyList<ColumnUnits> layers;
    private readonly BitArray[] kept;

    /// <summary>Begins with nothing kept.</summary>
    public UnitSelection(IReadOnlyList<ColumnUnits> layers)
    {
        this.layers = layers;
        kept = [.. layers.Select(layer => new BitArray(layer.Count))];
    }

    /// <summary>Whether a unit is kept.</summary>
    public BitArray Kept(int layer) => kept[layer];

    /// <summary>Keeps a unit whatever its score.</summary>
    public void Keep(int layer, int unit) => kept[layer][unit] = true;

    /// <summary>Keeps the best of the units that are not kept yet.</summary>
    /// <param name="room">Edges that may be kept besides.</param>
    /// <param name="layer">The layer to choose in; null for all.</param>
    /// <param name="edges">The number of edges of the units to choose from; null for any.</param>
    /// <returns>Edges for which there is room still: none, or too few for any unit that is left.</returns>
    public long KeepBest(long room, int? layer = null, int? edges = null)
    {
        while (room > 0)
        {
            var choice = new Choice(layer, edges, room);
            if (Threshold(choice) is not { } threshold)
                return room;
            room = KeepFrom(choice, threshold);
        }

        return room;
    }

    /// <summary>The best unit of those that are not kept; null if all are.</summary>
    /// <param name="layer">The layer to choose in; null for all.</param>
    public (int Layer, int Unit)? BestLeft(int? layer = null)
    {
        (int Layer, int Unit)? best = null;
        for (int l = 0; l < layers.Count; l++)
        {
            if (layer is { } only && only != l)
                continue;
            for (int unit = 0; unit < layers[l].Count; unit++)
            {
                if (!kept[l][unit] && (best is not { } other || layers[l].Scores[unit] > layers[other.Layer].Scores[other.Unit]))
                    best = (l, unit);
            }
        }

        return best;
    }

    /// <summary>The largest key such that the units of this key and larger ones do not fit; 0 if all fit, null if there is none.</summary>
    private ulong? Threshold(Choice choice)
    {
        ulong selected = 0;
        long larger = 0;
        for (int shift = 64 - DigitBits; shift >= 0; shift -= DigitBits)
        {
            long[] counts = CountEdges(choice, selected, shift);
            int digit = counts.Length - 1;
            while (digit >= 0 && larger + counts[digit] <= choice.Room)
                larger += counts[digit--];
            if (digit < 0)
                return larger == 0 ? null : 0;
            selected = (selected << DigitBits) | (uint)digit;
        }

        return selected;
    }

    /// <summary>How many edges follow a prefix with each digit.</summary>
    private long[] CountEdges(Choice choice, ulong prefix, int shift)
    {
        var counts = new long[1 << DigitBits];
        for (int l = 0; l < layers.Count; l++)
        {
            if (choice.Layer is { } only && only != l)
                continue;
            (double[] scores, int[] edges, BitArray taken) = (layers[l].Scores, layers[l].Edges, kept[l]);
            for (int unit = 0; unit < scores.Length; unit++)
            {
                ulong key = MagnitudeSelection.Key(scores[unit]) >> shift;
                if (key >> DigitBits == prefix && choice.Has(edges[unit]) && !taken[unit])
                    counts[(ushort)key] += edges[unit];
            }
        }

        return counts;
    }

    private long KeepFrom(Choice choice, ulong threshold)
    {
        long room = choice.Room;
        for (int l = 0; l < layers.Count; l++)
            room -= choice.Layer is { } only && only != l ? 0 : KeepAbove(choice, threshold, l);

        for (int l = 0; l < layers.Count; l++)
        {
            if (choice.Layer is { } only && only != l)
                continue;
            for (int unit = 0; unit < layers[l].Count; unit++)
            {
                int edges = layers[l].Edges[unit];
                if (kept[l][unit] || !choice.Has(edges) || edges > room || MagnitudeSelection.Key(layers[l].Scores[unit]) != threshold)
                    continue;
                kept[l][unit] = true;
                room -= edges;
            }
        }

        return room;
    }

    private long KeepAbove(Choice choice, ulong threshold, int layer)
    {
        long edges = 0;
        for (int unit = 0; unit < layers[layer].Count; unit++)
        {
            if (kept[layer][unit] || !choice.Has(layers[layer].Edges[unit]) || MagnitudeSelection.Key(layers[layer].Scores[unit]) <= threshold)
                continue;
            kept[layer][unit] = true;
            edges += layers[layer].Edges[unit];
        }

        return edges;
    }

    /// <summary>Which units there are to choose from.</summary>
    private readonly record struct Choice(int? Layer, int? Edges, long Room)
    {
        public bool Has(int edges) => edges <= Room && (Edges ?? edges) == edges;
    }
}

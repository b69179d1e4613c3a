using System.Numerics;
using System.Runtime.CompilerServices;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// Keeps the units with the largest scores while their edges fit into a budget, over all layers together. Of equal scores, the earlier is
/// kept, in the order of layers and units. Nothing is sorted: scores are non-negative, so they have the same order as their bit patterns,
/// and rounds of counting find the smallest score that is kept (radix selection, weighted by edges). Digits are taken from the distance to
/// the smallest pattern, so that the first digit leaves few units undecided.
/// </summary>
internal sealed class UnitSelection
{
    // The counts of all values of a digit fit into the first-level cache.
    private const int DigitBits = 12;
    private const int DigitMask = (1 << DigitBits) - 1;

    private readonly IReadOnlyList<ColumnUnits> layers;
    private readonly bool[][] kept;
    private readonly long[] counts = new long[1 << DigitBits];

    /// <summary>Creates a selection that keeps no units.</summary>
    public UnitSelection(IReadOnlyList<ColumnUnits> layers)
    {
        this.layers = layers;
        kept = [.. layers.Select(layer => new bool[layer.Count])];
    }

    /// <summary>Returns, for each unit of a layer, whether it is kept.</summary>
    public bool[] Kept(int layer) => kept[layer];

    /// <summary>Keeps a unit regardless of its score.</summary>
    public void Keep(int layer, int unit) => kept[layer][unit] = true;

    /// <summary>Keeps the best of the units that are not kept yet.</summary>
    /// <param name="room">Number of further edges that may be kept.</param>
    /// <param name="layer">The layer to choose in; null for all.</param>
    /// <param name="edges">The number of edges of the units to choose from; null for any.</param>
    /// <returns>The room that remains: none, or too little for any remaining unit.</returns>
    public long KeepBest(long room, int? layer = null, int? edges = null)
    {
        (int first, int end) = layer is { } only ? (only, only + 1) : (0, layers.Count);
        while (room > 0)
        {
            (ulong low, ulong high) = (ulong.MaxValue, 0);
            (long least, long most) = (edges ?? 0, Math.Min(room, edges ?? room));
            for (int l = first; l < end; l++)
                Widen(ref low, ref high, layers[l], kept[l], least, most);
            if (low > high)
                return room;

            int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(high - low) - DigitBits);
            List<Candidate> undecided = KeepByFirstDigit(low, shift, ref room, first, end, least, most);
            while (shift > 0 && undecided.Count > 1)
            {
                shift = Math.Max(0, shift - DigitBits);
                undecided = KeepByDigit(undecided, shift, ref room);
            }

            // The undecided units have equal scores. Units that do not fit leave room, which the next round fills with smaller units.
            foreach (Candidate unit in undecided)
            {
                if (unit.Edges <= room)
                    Keep(unit, ref room);
            }
        }

        return room;
    }

    /// <summary>Returns the best unit that is not kept; null if all are kept.</summary>
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

    /// <summary>Extends a range of keys to the units that may be kept: those with a number of edges between two limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ref ulong low, ref ulong high, ColumnUnits units, bool[] kept, long least, long most)
    {
        (double[] scores, int[] sizes) = (units.Scores, units.Edges);
        (ulong smallest, ulong largest) = (low, high);
        for (int unit = 0; unit < scores.Length; unit++)
        {
            int size = sizes[unit];
            if (size < least || size > most || kept[unit])
                continue;
            ulong key = MagnitudeSelection.Key(scores[unit]);
            (smallest, largest) = (Math.Min(smallest, key), Math.Max(largest, key));
        }

        (low, high) = (smallest, largest);
    }

    /// <summary>Keeps the units whose first digit is above the one at which the room ends.</summary>
    /// <returns>The units with that digit; none if all fit.</returns>
    private List<Candidate> KeepByFirstDigit(ulong low, int shift, ref long room, int first, int end, long least, long most)
    {
        Array.Clear(counts);
        for (int l = first; l < end; l++)
            CountFirstDigits(layers[l], kept[l], low, shift, least, most, counts);

        int digit = LastDigit(counts, room);
        var undecided = new List<Candidate>();
        for (int l = first; l < end; l++)
            room -= KeepByFirstDigit(l, digit, low, shift, least, most, undecided);
        return undecided;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountFirstDigits(ColumnUnits units, bool[] kept, ulong low, int shift, long least, long most, long[] counts)
    {
        (double[] scores, int[] sizes) = (units.Scores, units.Edges);
        for (int unit = 0; unit < scores.Length; unit++)
        {
            int size = sizes[unit];
            if (size >= least && size <= most && !kept[unit])
                counts[(MagnitudeSelection.Key(scores[unit]) - low) >> shift] += size;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long KeepByFirstDigit(int layer, int digit, ulong low, int shift, long least, long most, List<Candidate> undecided)
    {
        (double[] scores, int[] sizes, bool[] taken) = (layers[layer].Scores, layers[layer].Edges, kept[layer]);
        long keptEdges = 0;
        for (int unit = 0; unit < scores.Length; unit++)
        {
            int size = sizes[unit];
            if (size < least || size > most || taken[unit])
                continue;
            ulong key = MagnitudeSelection.Key(scores[unit]) - low;
            int own = (int)(key >> shift);
            if (own == digit)
                undecided.Add(new Candidate(layer, unit, size, key));
            if (own <= digit)
                continue;
            taken[unit] = true;
            keptEdges += size;
        }

        return keptEdges;
    }

    /// <summary>Does the same with the next digit, for units that do not all fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<Candidate> KeepByDigit(List<Candidate> units, int shift, ref long room)
    {
        Array.Clear(counts);
        foreach (Candidate unit in units)
            counts[(int)(unit.Key >> shift) & DigitMask] += unit.Edges;

        int digit = LastDigit(counts, room);
        var undecided = new List<Candidate>();
        foreach (Candidate unit in units)
        {
            int own = (int)(unit.Key >> shift) & DigitMask;
            if (own == digit)
                undecided.Add(unit);
            else if (own > digit)
                Keep(unit, ref room);
        }

        return undecided;
    }

    /// <summary>The largest digit whose units do not fit together with those of larger digits; −1 if all fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LastDigit(long[] counts, long room)
    {
        long larger = 0;
        int digit = counts.Length - 1;
        while (digit >= 0 && larger + counts[digit] <= room)
            larger += counts[digit--];
        return digit;
    }

    private void Keep(Candidate unit, ref long room)
    {
        kept[unit.Layer][unit.Unit] = true;
        room -= unit.Edges;
    }

    private readonly record struct Candidate(int Layer, int Unit, int Edges, ulong Key);
}

namespace Fpe.Expansion;

/// <summary>
/// Finds the n-th smallest magnitude of all weights of a model, without sorting or copying them: non-negative doubles have the same order
/// as their bit patterns, so four rounds of counting determine 16 bits each (radix selection).
/// </summary>
internal static class MagnitudeSelection
{
    private const int DigitBits = 16;

    /// <summary>Maps the magnitude of a weight to an integer with the same order.</summary>
    public static ulong Key(double weight) => BitConverter.DoubleToUInt64Bits(Math.Abs(weight));

    /// <summary>Selects among the existing edges.</summary>
    /// <param name="layers">The model.</param>
    /// <param name="rank">Number of edges that come before the selected one, by magnitude; less than the number of edges.</param>
    /// <returns>The key of the selected magnitude, and how many edges have a smaller one.</returns>
    public static (ulong Key, long Smaller) Select(IReadOnlyList<ExpandedLayer> layers, long rank)
    {
        ulong selected = 0;
        long smaller = 0;
        for (int shift = 64 - DigitBits; shift >= 0; shift -= DigitBits)
        {
            long[] counts = CountDigits(layers, selected, shift);
            int digit = 0;
            while (smaller + counts[digit] <= rank)
                smaller += counts[digit++];
            selected = (selected << DigitBits) | (uint)digit;
        }

        return (selected, smaller);
    }

    /// <summary>Counts how often each digit follows a prefix.</summary>
    private static long[] CountDigits(IReadOnlyList<ExpandedLayer> layers, ulong prefix, int shift)
    {
        var counts = new long[1 << DigitBits];
        foreach (ExpandedLayer layer in layers)
        {
            for (int slot = 0; slot < layer.Weights.Length; slot++)
            {
                ulong key = Key(layer.Weights[slot]) >> shift;
                if (key >> DigitBits == prefix && layer.Layout.IsKept(slot))
                    counts[(ushort)key]++;
            }
        }

        return counts;
    }
}

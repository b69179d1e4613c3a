namespace Fpe.Quantization;

/// <summary>Finds the range of numbers that are shown to it, twice if it has to leave some out.</summary>
internal sealed class RangeObserver
{
    private const int Bins = 4096;

    private long[]? histogram;

    /// <summary>The smallest number.</summary>
    public double Smallest { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest number.</summary>
    public double Largest { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether all numbers are finite.</summary>
    public bool IsFinite => double.IsFinite(Smallest) && double.IsFinite(Largest);

    /// <summary>Shows numbers.</summary>
    public void Observe(ReadOnlySpan<float> numbers)
    {
        foreach (float number in numbers)
        {
            Smallest = Math.Min(Smallest, number);
            Largest = Math.Max(Largest, number);
        }
    }

    /// <summary>Counts numbers, once all have been shown.</summary>
    public void Count(ReadOnlySpan<float> numbers)
    {
        histogram ??= new long[Bins];
        foreach (float number in numbers)
            histogram[Math.Min(Bins - 1, (int)((number - Smallest) / (Largest - Smallest) * Bins))]++;
    }

    /// <summary>Returns the range that covers a part of the numbers, half of the others at either end; to a bin.</summary>
    /// <param name="percentile">The part, in per cent.</param>
    public (double Smallest, double Largest) RangeOf(double percentile)
    {
        if (histogram is null || Smallest == Largest)
            return (Smallest, Largest);
        double outside = histogram.Sum() * (100 - percentile) / 200;
        double width = (Largest - Smallest) / Bins;
        int first = 0, last = Bins - 1;
        for (long below = histogram[0]; below <= outside && first < last; below += histogram[first])
            first++;
        for (long above = histogram[^1]; above <= outside && last > first; above += histogram[last])
            last--;
        return (Smallest + (first * width), Smallest + ((last + 1) * width));
    }
}

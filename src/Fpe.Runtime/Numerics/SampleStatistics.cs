namespace Fpe.Numerics;

/// <summary>Mean and spread of a sample, such as one accuracy per seed.</summary>
/// <param name="Count">Number of values; at least 1.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Sample standard deviation (divided by count − 1); NaN for a single value.</param>
/// <param name="Minimum">Smallest value.</param>
public readonly record struct SampleStatistics(int Count, double Mean, double Deviation, double Minimum)
{
    /// <summary>The middle value, or the mean of the two middle values.</summary>
    public double Median { get; private init; }

    /// <summary>Standard error of the mean; NaN for a single value.</summary>
    public double StandardError => Deviation / Math.Sqrt(Count);

    /// <summary>Half the width of the 95 % confidence interval of the mean (Student's t); NaN for a single value.</summary>
    public double Margin95 => Count < 2 ? double.NaN : StudentT.TwoSided95(Count - 1) * StandardError;

    /// <summary>
    /// Computes the statistics of differences of paired values, such as the accuracies of two models per seed; the mean ±
    /// <see cref="Margin95"/> is the paired t interval.
    /// </summary>
    /// <param name="values">One value of each pair.</param>
    /// <param name="baseline">The other value of each pair, which is subtracted.</param>
    /// <exception cref="ArgumentException">There are no pairs, or the numbers of values differ.</exception>
    public static SampleStatistics OfDifferences(ReadOnlySpan<double> values, ReadOnlySpan<double> baseline)
    {
        if (values.Length != baseline.Length)
            throw new ArgumentException($"{values.Length} values cannot be paired with {baseline.Length}.", nameof(baseline));
        var differences = new double[values.Length];
        for (int i = 0; i < differences.Length; i++)
            differences[i] = values[i] - baseline[i];
        return Of(differences);
    }

    /// <summary>Computes the statistics of a sample.</summary>
    /// <param name="values">The values; at least one.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static SampleStatistics Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("A sample has at least one value.", nameof(values));

        double sum = 0;
        foreach (double value in values)
            sum += value;
        double[] ordered = values.ToArray();
        Array.Sort(ordered);
        double median = (ordered[ordered.Length / 2] + ordered[(ordered.Length - 1) / 2]) / 2;

        double mean = sum / values.Length;
        double squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return new SampleStatistics(values.Length, mean, Math.Sqrt(squares / (values.Length - 1)), ordered[0]) { Median = median };
    }
}

namespace Fpe.Benchmarks.Timing;

/// <summary>Seconds a call took, in each round of a comparison.</summary>
internal sealed class RoundTimes(double[] rounds)
{
    /// <summary>Seconds a call in the middle round.</summary>
    public double Median => MedianOf(rounds);

    /// <summary>Seconds a call in the fastest round.</summary>
    public double Best => rounds.Min();

    /// <summary>
    /// How many times as long as another piece of work of the same comparison this one took: the median over rounds of the
    /// ratio within the round, which a slow phase of the machine changes little because it meets both.
    /// </summary>
    public double Over(RoundTimes other) => MedianOf([.. rounds.Zip(other.Rounds, (own, others) => own / others)]);

    /// <summary>Joins the rounds of several comparisons of the same pieces of work.</summary>
    public static RoundTimes Join(IEnumerable<RoundTimes> comparisons) => new([.. comparisons.SelectMany(own => own.Rounds)]);

    private double[] Rounds => rounds;

    private static double MedianOf(double[] values)
    {
        double[] ordered = [.. values.Order()];
        int middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}

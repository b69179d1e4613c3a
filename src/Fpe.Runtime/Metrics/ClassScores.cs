namespace Fpe.Metrics;

/// <summary>How well one class is predicted. A ratio whose denominator is 0 is 0.</summary>
/// <param name="TruePositives">The number of samples of the class that are predicted as it.</param>
/// <param name="FalsePositives">The number of other samples that are predicted as the class.</param>
/// <param name="FalseNegatives">The number of samples of the class that are predicted as something else.</param>
public readonly record struct ClassScores(long TruePositives, long FalsePositives, long FalseNegatives)
{
    /// <summary>Gets the number of samples of the class.</summary>
    public long Support => TruePositives + FalseNegatives;

    /// <summary>Gets the fraction of predictions of the class that are correct.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>Gets the fraction of samples of the class that are predicted as it.</summary>
    public double Recall => Ratio(TruePositives, Support);

    /// <summary>Gets the harmonic mean of precision and recall.</summary>
    public double F1 => Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Averages a score over classes.</summary>
    internal static double Mean(IReadOnlyList<ClassScores> classes, Average average, Func<ClassScores, double> score) => average switch
    {
        Average.Macro => classes.Average(score),
        Average.Micro => score(new ClassScores(classes.Sum(c => c.TruePositives), classes.Sum(c => c.FalsePositives), classes.Sum(c => c.FalseNegatives))),
        Average.Weighted => classes.Sum(c => c.Support) is > 0 and var total ? classes.Sum(c => score(c) * c.Support) / total : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(average), average, message: null),
    };

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

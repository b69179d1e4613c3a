using Fpe.Numerics;

namespace Samples.Paper.Claims;

/// <summary>An effect with its 95 % confidence interval.</summary>
/// <param name="Mean">The effect: the mean of paired differences, or a correlation.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Count">Seeds, or, for a correlation, pairs of runs that it was computed from.</param>
/// <param name="Unit">What the numbers are: <c>points</c> of test accuracy, or <see cref="Correlation"/>.</param>
internal sealed record Effect(double Mean, double Low, double High, int Count, string Unit)
{
    /// <summary>The unit of a correlation.</summary>
    public const string Correlation = "r";

    /// <summary>
    /// Returns the number of seeds, or pairs, with which an interval around the same mean does not reach a value, at the observed spread.
    /// </summary>
    /// <returns>Null if the mean is that value.</returns>
    public int? CountToExclude(double value)
    {
        if (Mean == value)
            return null;
        return Unit == Correlation ? PairsToExclude(value) : SeedsToExclude(Math.Abs(Mean - value));
    }

    // The interval of Student's t, whose width decreases with the number of seeds both directly and through the quantile.
    private int? SeedsToExclude(double distance)
    {
        double deviation = (High - Low) / 2 / new SampleStatistics(Count, 0, 1, 0).Margin95;
        (int tooFew, long enough) = (1, 2);
        while (new SampleStatistics((int)enough, 0, deviation, 0).Margin95 >= distance)
        {
            if (enough > int.MaxValue / 2)
                return null;
            (tooFew, enough) = ((int)enough, 2 * enough);
        }

        while (enough - tooFew > 1)
        {
            int middle = (int)((tooFew + enough) / 2);
            if (new SampleStatistics(middle, 0, deviation, 0).Margin95 >= distance)
                tooFew = middle;
            else
                enough = middle;
        }

        return (int)enough;
    }

    // Fisher's z = artanh r has the standard error 1 / √(pairs − 3), regardless of the correlation.
    private int? PairsToExclude(double value)
    {
        const double Quantile95 = 1.959964;
        double pairs = 3 + Math.Pow(Quantile95 / (Math.Atanh(Mean) - Math.Atanh(value)), 2);
        return pairs < int.MaxValue ? (int)Math.Floor(pairs) + 1 : null;
    }
}

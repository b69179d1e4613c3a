using Fpe.Numerics;

namespace Fpe.Research.Statistics;

/// <summary>Pearson's correlation coefficient of two paired samples, with a confidence interval.</summary>
/// <param name="Count">Number of pairs; at least 2.</param>
/// <param name="Coefficient">r, from −1 to 1; not a number where one of the samples is constant.</param>
/// <remarks>
/// The interval is Fisher's: artanh r is nearly normal with the standard error 1/√(n − 3) for pairs from a bivariate normal
/// distribution (R. A. Fisher, "On the probable error of a coefficient of correlation", Metron 1, 1921).
/// </remarks>
public readonly record struct PearsonCorrelation(int Count, double Coefficient)
{
    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    private const double Normal975 = 1.959963984540054;

    /// <summary>Lower end of the 95 % confidence interval; not a number for fewer than 4 pairs.</summary>
    public double Lower95 => End(-Normal975);

    /// <summary>Upper end of the 95 % confidence interval; not a number for fewer than 4 pairs.</summary>
    public double Upper95 => End(Normal975);

    /// <summary>Correlates two samples, element by element.</summary>
    /// <param name="x">One number of each pair.</param>
    /// <param name="y">The other.</param>
    /// <exception cref="ArgumentException">The samples have different lengths, or fewer than two elements.</exception>
    public static PearsonCorrelation Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} numbers cannot be paired with {y.Length}.", nameof(y));
        if (x.Length < 2)
            throw new ArgumentException($"A correlation needs at least two pairs, not {x.Length}.", nameof(x));

        (double meanX, double meanY) = (SampleStatistics.Of(x).Mean, SampleStatistics.Of(y).Mean);
        (double xx, double yy, double xy) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        // rounding may carry a perfect correlation beyond 1
        return new PearsonCorrelation(x.Length, Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1));
    }

    private double End(double deviations) =>
        Count < 4 ? double.NaN : Math.Tanh(Math.Atanh(Coefficient) + (deviations / Math.Sqrt(Count - 3)));
}

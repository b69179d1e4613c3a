namespace Fpe.Numerics;

/// <summary>Student's t distribution: how far the mean of a small sample may be off.</summary>
internal static class StudentT
{
    /// <summary>The 97.5 % quantile of the standard normal distribution, which the quantiles of many degrees of freedom approach.</summary>
    private const double Normal975 = 1.959963984540054;

    // From ten degrees of freedom on, the expansion below is right to three decimals.
    private static readonly double[] Quantiles =
        [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157];

    /// <summary>The 97.5 % quantile: 95 % of the distribution lies within plus or minus this.</summary>
    /// <param name="degreesOfFreedom">At least 1; sample size − 1 for the mean of one sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no degrees of freedom.</exception>
    public static double TwoSided95(int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return degreesOfFreedom <= Quantiles.Length ? Quantiles[degreesOfFreedom - 1] : CornishFisher(degreesOfFreedom);
    }

    // Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    private static double CornishFisher(double n)
    {
        const double Z = Normal975;
        const double Z3 = Z * Z * Z;
        const double Z5 = Z3 * Z * Z;
        const double Z7 = Z5 * Z * Z;
        double g1 = (Z3 + Z) / 4;
        double g2 = ((5 * Z5) + (16 * Z3) + (3 * Z)) / 96;
        double g3 = ((3 * Z7) + (19 * Z5) + (17 * Z3) - (15 * Z)) / 384;
        return Z + (g1 / n) + (g2 / (n * n)) + (g3 / (n * n * n));
    }
}

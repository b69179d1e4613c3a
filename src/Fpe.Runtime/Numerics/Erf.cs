namespace Fpe.Numerics;

/// <summary>
/// The error function erf(x) = 2/√π · ∫₀ˣ exp(−t²) dt and its complement erfc(x) = 1 − erf(x), to about 16 digits each.
/// </summary>
/// <remarks>
/// Rational Chebyshev approximations on |x| ≤ 15/32, ≤ 4 and above, with the coefficients of W. J. Cody, "Rational Chebyshev
/// approximations for the error function", Mathematics of Computation 23 (1969), as in his SPECFUN package.
/// </remarks>
public static class Erf
{
    private const double SmallLimit = 15.0 / 32;
    private const double MediumLimit = 4;
    private const double InverseRootPi = 5.6418958354775628695e-1;

    private static ReadOnlySpan<double> SmallNumerator =>
    [
        1.85777706184603153e-1, 3.16112374387056560e00, 1.13864154151050156e02, 3.77485237685302021e02, 3.20937758913846947e03,
    ];

    private static ReadOnlySpan<double> SmallDenominator =>
    [
        1, 2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03,
    ];

    private static ReadOnlySpan<double> MediumNumerator =>
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e00, 6.61191906371416295e01, 2.98635138197400131e02,
        8.81952221241769090e02, 1.71204761263407058e03, 2.05107837782607147e03, 1.23033935479799725e03,
    ];

    private static ReadOnlySpan<double> MediumDenominator =>
    [
        1, 1.57449261107098347e01, 1.17693950891312499e02, 5.37181101862009858e02, 1.62138957456669019e03,
        3.29079923573345963e03, 4.36261909014324716e03, 3.43936767414372164e03, 1.23033935480374942e03,
    ];

    private static ReadOnlySpan<double> LargeNumerator =>
    [
        1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2,
        6.58749161529837803e-4,
    ];

    private static ReadOnlySpan<double> LargeDenominator =>
    [
        1, 2.56852019228982242e00, 1.87295284992346725e00, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3,
    ];

    /// <summary>erf(x).</summary>
    public static double Of(double x)
    {
        if (Math.Abs(x) <= SmallLimit)
            return Small(x);
        double value = 1 - Tail(Math.Abs(x));
        return x < 0 ? -value : value;
    }

    /// <summary>erfc(x) = 1 − erf(x), just as accurate if it is tiny.</summary>
    public static double Complement(double x)
    {
        if (Math.Abs(x) <= SmallLimit)
            return 1 - Small(x);
        double tail = Tail(Math.Abs(x));
        return x < 0 ? 2 - tail : tail;
    }

    private static double Small(double x) =>
        x * Polynomial(SmallNumerator, x * x) / Polynomial(SmallDenominator, x * x);

    /// <summary>erfc(x) for x above <see cref="SmallLimit"/>, or NaN.</summary>
    private static double Tail(double x)
    {
        if (double.IsPositiveInfinity(x))
            return 0;
        double scaled;
        if (x <= MediumLimit)
        {
            scaled = Polynomial(MediumNumerator, x) / Polynomial(MediumDenominator, x);
        }
        else
        {
            double u = 1 / (x * x);
            scaled = (InverseRootPi - u * Polynomial(LargeNumerator, u) / Polynomial(LargeDenominator, u)) / x;
        }

        // exp(−x²) with x = h + l, where h has few enough bits for h² to be exact
        double high = Math.Truncate(x * 16) / 16;
        return Math.Exp(-high * high) * Math.Exp(-(x - high) * (x + high)) * scaled;
    }

    /// <summary>Horner's rule, highest power first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0;
        foreach (double coefficient in coefficients)
            value = value * x + coefficient;
        return value;
    }
}

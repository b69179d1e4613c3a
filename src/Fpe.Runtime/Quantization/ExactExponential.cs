namespace Fpe.Quantization;

/// <summary>
/// e^x by additions and products alone, so that every processor gets the same bits, unlike those of the system's library: x = k · log 2 + r, and
/// a Taylor polynomial for e^r.
/// </summary>
internal static class ExactExponential
{
    /// <summary>Below, e^x is less than the smallest step that matters beside 1.</summary>
    private const double Smallest = -700;

    // The upper bits of log 2, so that a product with a small integer is exact, and the rest.
    private const double UpperLog2 = 0.693147180369123816490;
    private const double LowerLog2 = 1.90821492927058770002e-10;

    private const int Terms = 14;

    /// <summary>Returns e^x to a few units in the last place.</summary>
    /// <param name="x">At most 0.</param>
    public static double Of(double x)
    {
        if (x < Smallest)
            return 0;
        double k = Math.Round(x / (UpperLog2 + LowerLog2));
        double r = x - (k * UpperLog2) - (k * LowerLog2);
        double sum = 1;
        for (int term = Terms; term > 0; term--)
            sum = 1 + (sum * r / term);
        return Math.ScaleB(sum, (int)k);
    }
}

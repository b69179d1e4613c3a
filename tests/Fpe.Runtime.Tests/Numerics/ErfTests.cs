using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Numerics;

public class ErfTests
{
    /// <summary>erfc at 0.1, 0.5, 1, 2, 3, 5, 10 and 26, to 20 digits (Abramowitz and Stegun, table 7; DLMF 7.23).</summary>
    [Theory]
    [InlineData(0.1, 0.88753708398171510159)]
    [InlineData(0.5, 0.47950012218695346232)]
    [InlineData(1, 0.15729920705028513066)]
    [InlineData(2, 0.0046777349810472658379)]
    [InlineData(3, 2.2090496998585441373e-5)]
    [InlineData(5, 1.5374597944280348502e-12)]
    [InlineData(10, 2.0884875837625447570e-45)]
    [InlineData(26, 5.6631924088561428464e-296)]
    public void The_complement_has_15_digits(double x, double expected)
    {
        AssertClose(expected, Erf.Complement(x), 1e-15);
        AssertClose(2 - expected, Erf.Complement(-x), 1e-15);
        AssertClose(1 - expected, Erf.Of(x), 1e-15);
        AssertClose(expected - 1, Erf.Of(-x), 1e-15);
    }

    [Fact]
    public void Small_arguments_agree_with_the_power_series()
    {
        for (double x = -0.6; x <= 0.6; x += 1.0 / 1024)
        {
            double term = x, sum = x;
            for (int n = 1; n < 30; n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }

            AssertClose(sum * 2 / Math.Sqrt(Math.PI), Erf.Of(x), 1e-15);
        }
    }

    [Fact]
    public void Large_arguments_agree_with_the_continued_fraction()
    {
        for (double x = 2.5; x < 25; x += 1.0 / 64)
        {
            // erfc(x) = exp(−x²) / √π · 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …
            double tail = x;
            for (int n = 200; n > 0; n--)
                tail = x + n / 2.0 / tail;
            AssertClose(Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail, Erf.Complement(x), 1e-13);
        }
    }

    [Fact]
    public void Ends_and_NaN()
    {
        Assert.Equal(0, Erf.Of(0));
        Assert.Equal(1, Erf.Of(double.PositiveInfinity));
        Assert.Equal(-1, Erf.Of(double.NegativeInfinity));
        Assert.Equal(0, Erf.Complement(double.PositiveInfinity));
        Assert.Equal(2, Erf.Complement(double.NegativeInfinity));
        Assert.Equal(double.NaN, Erf.Of(double.NaN));
        Assert.Equal(double.NaN, Erf.Complement(double.NaN));
    }

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R} is not {expected:R}");
}

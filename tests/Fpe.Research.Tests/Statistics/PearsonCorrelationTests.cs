using Fpe.Numerics;
using Fpe.Research.Statistics;

namespace Fpe.Research.Tests.Statistics;

public class PearsonCorrelationTests
{
    [Fact]
    public void A_sample_by_hand()
    {
        // deviations (−2, −1, 0, 1, 2) and (−1, −2, 1, 0, 2): products 2 + 2 + 0 + 0 + 4 = 8, squares 10 and 10
        PearsonCorrelation correlation = PearsonCorrelation.Of([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]);
        Assert.Equal((5, 0.8), (correlation.Count, Math.Round(correlation.Coefficient, 12)));
        // artanh .8 = ln 3, standard error 1/√2
        Assert.Equal(Math.Tanh(Math.Log(3) - (1.959964 / Math.Sqrt(2))), correlation.Lower95, 1e-6);
        Assert.Equal(Math.Tanh(Math.Log(3) + (1.959964 / Math.Sqrt(2))), correlation.Upper95, 1e-6);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(-0.1, -1)]
    public void Lines_correlate_perfectly(double slope, double expected)
    {
        double[] x = [.. Enumerable.Range(0, 9).Select(i => Math.Sqrt(i))];
        PearsonCorrelation correlation = PearsonCorrelation.Of(x, [.. x.Select(value => (slope * value) + 7)]);
        Assert.Equal(expected, correlation.Coefficient, 1e-12);
        Assert.InRange(correlation.Lower95, -1, 1);
        Assert.InRange(correlation.Upper95, correlation.Lower95, 1);
    }

    [Fact]
    public void The_interval_holds_the_truth_in_95_of_100_samples()
    {
        // x and y = ρx + √(1 − ρ²)·e of normal numbers correlate with ρ
        const double Rho = 0.6;
        const int Samples = 2000, Pairs = 24;
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        int held = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] x = [.. Enumerable.Range(0, Pairs).Select(_ => Normal())];
            double[] y = [.. x.Select(value => (Rho * value) + (Math.Sqrt(1 - (Rho * Rho)) * Normal()))];
            PearsonCorrelation correlation = PearsonCorrelation.Of(x, y);
            held += correlation.Lower95 <= Rho && Rho <= correlation.Upper95 ? 1 : 0;
        }

        // binomial: 1900 with a deviation of 9.7
        Assert.InRange(held, 1860, 1940);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void What_does_not_exist_is_not_a_number_or_refused()
    {
        Assert.True(double.IsNaN(PearsonCorrelation.Of([1, 1, 1, 1], [1, 2, 3, 4]).Coefficient));
        Assert.True(double.IsNaN(PearsonCorrelation.Of([1, 2, 3], [1, 3, 2]).Lower95));
        Assert.Throws<ArgumentException>(() => PearsonCorrelation.Of([1], [1]));
        Assert.Throws<ArgumentException>(() => PearsonCorrelation.Of([1, 2], [1]));
    }
}

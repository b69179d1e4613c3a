using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Numerics;

public class SampleStatisticsTests
{
    [Fact]
    public void A_sample_is_described_by_its_mean_its_deviation_and_its_worst_value()
    {
        SampleStatistics sample = SampleStatistics.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal((8, 5.0, 2.0, 4.5), (sample.Count, sample.Mean, sample.Minimum, sample.Median));
        Assert.Equal(5, SampleStatistics.Of([9, 1, 5]).Median);
        Assert.Equal(Math.Sqrt(32.0 / 7), sample.Deviation, 1e-12);
        Assert.Equal(sample.Deviation / Math.Sqrt(8), sample.StandardError, 1e-12);
        Assert.Equal(2.364624 * sample.StandardError, sample.Margin95, 1e-6);
    }

    [Fact]
    public void A_single_value_has_no_spread()
    {
        SampleStatistics sample = SampleStatistics.Of([3]);

        Assert.Equal((1, 3.0, 3.0), (sample.Count, sample.Mean, sample.Minimum));
        Assert.True(double.IsNaN(sample.Deviation) && double.IsNaN(sample.StandardError) && double.IsNaN(sample.Margin95));
    }

    [Fact]
    public void No_values_are_no_sample() => Assert.Throws<ArgumentException>(() => SampleStatistics.Of([]));

    [Fact]
    public void Pairs_are_described_by_their_differences()
    {
        SampleStatistics gain = SampleStatistics.OfDifferences([83.7, 85.2, 86.9], [81.9, 84.6, 86.2]);
        // differences 1.8, 0.6, 0.7: mean 31/30, variance 1.33/3
        Assert.Equal(3, gain.Count);
        Assert.Equal(31 / 30.0, gain.Mean, 1e-12);
        Assert.Equal(4.302653 * Math.Sqrt(1.33 / 3 / 3), gain.Margin95, 1e-6);
        Assert.Throws<ArgumentException>(() => SampleStatistics.OfDifferences([1, 2], [1]));
    }

    // Published tables of Student's t, two-sided 95 %.
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(9, 2.262)]
    [InlineData(10, 2.228)]
    [InlineData(30, 2.042)]
    [InlineData(120, 1.980)]
    public void Quantiles_are_those_of_the_tables(int degreesOfFreedom, double expected) =>
        Assert.Equal(expected, StudentT.TwoSided95(degreesOfFreedom), 6e-4);
}

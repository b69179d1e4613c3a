using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

public class StandardizationTests
{
    // four features of three samples; the third is constant, and no multiple of a power of two
    private static readonly Dataset Train = Dataset.OfClasses("train", 4, [1, 10, 0.1f, 5, 2, 20, 0.1f, 5, 3, 60, 0.1f, 8], [0, 1, 0], 2);

    [Fact]
    public void Features_get_mean_0_and_deviation_1()
    {
        var standardization = Standardization.PerFeature(Train);
        Assert.Equal([2, 30, 0.1f, 6], standardization.Means.Select(mean => Math.Round(mean, 8)).Select(mean => (float)mean));
        Assert.Equal([Math.Sqrt(2.0 / 3), Math.Sqrt(1400.0 / 3), 0, Math.Sqrt(2)], standardization.Deviations, (a, b) => Math.Abs(a - b) < 1e-12);

        Dataset applied = standardization.Apply(Train);
        for (int f = 0; f < 4; f++)
        {
            double[] values = [.. Enumerable.Range(0, 3).Select(s => (double)applied.Sample(s)[f])];
            Assert.Equal(0, values.Average(), 1e-6);
            Assert.Equal(f == 2 ? 0 : 1, values.Average(value => value * value), 1e-6);
        }

        Assert.Equal((1, 2, "train"), (applied.Label(1), applied.OutputCount, applied.Name));
    }

    [Fact]
    public void Test_data_is_measured_by_the_training_part()
    {
        var test = Dataset.OfClasses("test", 4, [3, 30, 77, 6], [0], 2);
        Assert.Equal([(float)(1 / Math.Sqrt(2.0 / 3)), 0, 0, 0], Standardization.PerFeature(Train).Apply(test).Sample(0));
    }

    [Fact]
    public void Channels_and_all_values_are_measured_together()
    {
        var channels = Standardization.PerChannel(Train, 2);
        Assert.Equal(2, channels.Means.Count);
        Assert.Equal(16, channels.Means[0], 1e-12);
        Assert.Equal((float)((10 - 16) / channels.Deviations[0]), channels.Apply(Train).Sample(0)[1]);

        var all = Standardization.OverAll(Train);
        float[] values = all.Apply(Train).Features!;
        Assert.Equal(0, values.Average(), 1e-6);
        Assert.Equal(1, values.Average(value => value * value), 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal(
            "train: samples of 4 values have no 3 channels of one size; pass a number that divides 4.",
            Assert.Throws<DatasetException>(() => Standardization.PerChannel(Train, 3)).Message);
        Assert.Equal(
            "other: its samples have 1 values, but those that were measured have 4; apply it to data of the same kind.",
            Assert.Throws<DatasetException>(() => Standardization.OverAll(Train).Apply(Dataset.OfClasses("other", 1, [1], [0], 1))).Message);
    }
}

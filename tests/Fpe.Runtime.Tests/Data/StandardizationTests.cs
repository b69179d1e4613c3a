using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Data;

public class StandardizationTests
{
    // four features of three samples; the third is constant, and no multiple of a power of two
    private static readonly Dataset Train = Dataset.OfClasses("train", 4, [1, 10, 0.1f, 5, 2, 20, 0.1f, 5, 3, 60, 0.1f, 8], [0, 1, 0], 2);

    [Fact]
    public void Features_that_are_left_out_keep_their_bits()
    {
        var train = Dataset.OfClasses("train", 3, [1, 0.1f, 5, 3, -0f, 5], [0, 1], 2);
        Standardization standardization = Standardization.PerFeature(train, feature => feature != 1);
        Assert.Equal([-1f, 0.1f, 0], standardization.Apply([1, 0.1f, 9]));
        Assert.Equal(float.MaxValue, standardization.Apply([1, float.MaxValue, 9])[1]);
        Assert.Equal([1f, 0.1f, 5], standardization.Invert([-1, 0.1f, 0]));
    }

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
    public void Rows_are_standardised_and_returned_to_their_units()
    {
        Dataset train = Dataset.OfClasses("train", 2, [2, 7, 4, 7], [0, 1], 2);
        var standardization = Standardization.PerFeature(train);
        float[] rows = [5, 7, 1, 9];
        Assert.Equal([2, 0, -2, 0], standardization.Apply(rows));
        Assert.Equal([5, 7, 1, 7], standardization.Invert(standardization.Apply(rows)));
        standardization.Apply(rows, rows);
        standardization.Invert(rows, rows);
        Assert.Equal([5, 7, 1, 7], rows);
        Assert.StartsWith("3 values are not a whole number of rows of 2.", Assert.Throws<ArgumentException>(() => standardization.Apply(new float[3])).Message, StringComparison.Ordinal);
        Assert.StartsWith("4 values do not fit into a span of 2; pass one of the same length.", Assert.Throws<ArgumentException>(() => standardization.Invert(rows, new float[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_are_measured_and_a_constant_one_is_refused()
    {
        var standardization = Standardization.OfTargets(Dataset.OfTargets("train", 1, [0, 1], 2, [50, -3, 150, 1]));
        Assert.Equal([100, -1], standardization.Means);
        Assert.Equal([50, 2], standardization.Deviations);
        Assert.Equal(
            "train: target 1 is 3 for all 2 samples, so there is nothing to learn; remove it, or add samples with other values.",
            Assert.Throws<DatasetException>(() => Standardization.OfTargets(Dataset.OfTargets("train", 1, [0, 1], 2, [50, 3, 150, 3]))).Message);
        Assert.Equal(
            "train: its samples have classes, which are not standardised; use Dataset.OfTargets.",
            Assert.Throws<DatasetException>(() => Standardization.OfTargets(Train)).Message);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_value_that_becomes_infinite_is_named_with_its_numbers(bool isStreamed)
    {
        var standardization = Standardization.PerFeature(Dataset.OfClasses("train", 2, [0, 1e-30f, 1, 2e-30f], [0, 1], 2));
        Assert.Equal(5e-31, standardization.Deviations[1], 1e-37);
        float[] values = [1, 1e-30f, 0, 1e10f];
        Dataset test = isStreamed ? Dataset.OfClasses("test", new Rows(2, values), [0, 1], 2) : Dataset.OfClasses("test", 2, values, [0, 1], 2);
        var error = Assert.Throws<DatasetException>(() => standardization.Apply(test).Sample(1).ToArray());
        Assert.Matches(
            "^test: feature 1 of sample 1 is 1E\\+10, which with mean 1.5000[0-9]*E-30 and deviation [0-9.]*E-31 becomes Infinity; correct the value, or remove the feature.$", error.Message);
    }

    [Fact]
    public void A_column_that_is_constant_but_for_rounding_becomes_0()
    {
        float third = 1 / 3f, next = MathF.BitIncrement(third), large = 1e7f;
        float[] values = [third, 1e-30f, large, 1, next, 1e-30f, large + 1, 1.00001f, third, 1e-30f, large, 1, next, 1e-30f, large, 1];
        var train = Dataset.OfClasses("train", 4, values, [0, 1, 0, 1], 2);
        var standardization = Standardization.PerFeature(train);
        Assert.Equal([true, true, true, false], standardization.Deviations.Select(deviation => deviation == 0));
        Assert.All(Enumerable.Range(0, 4), s => Assert.Equal([0, 0, 0], standardization.Apply(train).Sample(s)[..3]));
    }

    [Fact]
    public void A_source_of_numbers_that_are_not_finite_is_named()
    {
        var broken = Dataset.OfClasses("broken", new Rows(2, [0, 1, 2, float.NaN]), [0, 1], 2);
        const string Message = "broken: feature 1 of sample 1 is NaN; replace it with a finite number, or remove the sample.";
        Assert.Equal(Message, Assert.Throws<DatasetException>(() => Standardization.PerFeature(broken)).Message);
        Assert.Equal(Message, Assert.Throws<DatasetException>(broken.ToMemory).Message);
        Assert.Equal(Message, Assert.Throws<DatasetException>(() => broken.Sample(1).ToArray()).Message);
        using var model = new PlannedModel(Plans.Chain(2, false, new LinearPlan("Logits", 2, 2)));
        Assert.Equal(Message, Assert.Throws<DatasetException>(() => new Trainer(new TrainingOptions { Epochs = 1, BatchSize = 2 }).Fit(model, broken)).Message);
    }

    [Fact]
    public void Tokens_are_left_as_they_are()
    {
        Dataset joined = WithTokens(Train);
        var standardization = Standardization.PerChannel(joined, 2);
        Assert.Equal(Standardization.PerChannel(Train, 2).Means, standardization.Means);
        Dataset applied = standardization.Apply(joined), alone = Standardization.PerChannel(Train, 2).Apply(Train);
        Assert.All(Enumerable.Range(0, 3), s =>
        {
            Assert.Equal([7, s, -1], applied.Sample(s)[..3]);
            Assert.Equal(alone.Sample(s), applied.Sample(s)[3..]);
            Assert.Equal(applied.Sample(s), applied.ToMemory().Sample(s));
        });
        Assert.Equal(joined.Parts, applied.Parts);
        Assert.Equal(4, Standardization.PerFeature(joined).Means.Count);
    }

    [Fact]
    public void Tokens_at_other_places_do_not_fit()
    {
        Dataset joined = WithTokens(Train);
        var seven = Dataset.OfClasses("test", 7, new float[7], [0], 2);
        Assert.Equal(
            "test: feature 0 is a number, but a token in the training samples; apply it to data of the same kind.",
            Assert.Throws<DatasetException>(() => Standardization.PerFeature(joined).Apply(seven)).Message);
        Assert.Equal(
            "joined: feature 0 is a token, but a number in the training samples; apply it to data of the same kind.",
            Assert.Throws<DatasetException>(() => Standardization.PerFeature(seven).Apply(joined)).Message);
        var tokens = Dataset.OfClasses("tokens", TokenRows.OfCategories("tokens", 2, [0, 1]), [0, 1], 2);
        const string Message = "tokens: its samples consist of tokens, which are not standardised; use it as it is.";
        Assert.Equal(Message, Assert.Throws<DatasetException>(() => Standardization.PerFeature(tokens)).Message);
        Assert.Equal(Message, Assert.Throws<DatasetException>(() => Standardization.OverAll(tokens)).Message);
        Assert.Equal(
            "joined: samples of 4 values cannot be divided into 7 channels of equal size; pass a number that divides 4.",
            Assert.Throws<DatasetException>(() => Standardization.PerChannel(joined, 7)).Message);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal(
            "train: the number of channels must be at least 1, but is 0.",
            Assert.Throws<DatasetException>(() => Standardization.PerChannel(Train, 0)).Message);
        Assert.Equal(
            "train: samples of 4 values cannot be divided into 3 channels of equal size; pass a number that divides 4.",
            Assert.Throws<DatasetException>(() => Standardization.PerChannel(Train, 3)).Message);
        Assert.Equal(
            "other: its samples have 1 values, but the training samples have 4; apply it to data of the same kind.",
            Assert.Throws<DatasetException>(() => Standardization.OverAll(Train).Apply(Dataset.OfClasses("other", 1, [1], [0], 1))).Message);
    }

    // tokens 7 and s, and an empty place, before the numbers of sample s
    private static Dataset WithTokens(Dataset numbers) => Dataset.Join(
        "joined", Dataset.OfClasses("tokens", TokenRows.Of("tokens", 3, 9, [[7, 0], [7, 1], [7, 2]]), [0, 1, 0], 2), numbers);

    private sealed class Rows(int featureCount, float[] values) : IRowSource
    {
        public int Count => values.Length / featureCount;

        public int FeatureCount => featureCount;

        public void Read(int row, Span<float> destination) => values.AsSpan(row * featureCount, featureCount).CopyTo(destination);
    }
}

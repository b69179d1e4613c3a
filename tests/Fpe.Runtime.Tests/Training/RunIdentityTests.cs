using System.Globalization;
using System.Runtime.InteropServices;
using Fpe.Data;
using Fpe.Files;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class RunIdentityTests : IDisposable
{
    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 5);

    [Fact]
    public void Everything_is_a_text_in_no_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = commas;
            var options = new TrainingOptions { BatchSize = 8, ExpandAfter = null, MaximumGradientNorm = 0.5, Optimizer = new Sgd(0.25), Schedule = new StepSchedule(3, 0.5) };
            SortedDictionary<string, string> identity = RunIdentity.Of(model, options, TrainingData.Directions(50, 8, 3), validation: null);
            Assert.Same(commas, CultureInfo.CurrentCulture);
            identity.Remove("plan");
            identity.Remove("training data");
            Assert.Equal(
                [
                    "BatchSize: 8", "BatchesPerStep: 1", "ClassWeights: none", "DataParallel: none", "EarlyStopping: none", "EdgeLearning: none", "Epochs: 50", "ExpandAfter: none", $"Expansion: {options.Expansion}",
                    "Loss: softmax cross-entropy", "MaximumGradientNorm: 0.5", "Metrics: none",
                    "Optimizer: Sgd { LearningRate = 0.25, WeightDecay = 0, Momentum = 0, Nesterov = False }",
                    "PositiveWeights: none", "Schedule: StepSchedule { WarmUpSteps = 0, EveryEpochs = 3, Gamma = 0.5 }", "Seed: 5", "StartEpoch: 0",
                    "model seed: 5", "number format: Float32", "standardization: none", "validation data: none",
                ],
                identity.Select(pair => $"{pair.Key}: {pair.Value}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Data_in_memory_count_with_every_value()
    {
        Dataset data = TrainingData.Directions(600, 8, 3);
        var checksum = new Crc32C();
        for (int s = 0; s < 600; s++)
            checksum.Add(MemoryMarshal.AsBytes(data.Sample(s)));
        checksum.Add(MemoryMarshal.AsBytes<int>(data.Labels));
        Assert.Equal($"600 samples of 8 values, checksum {checksum.Value:x8}", Identity(data));

        float[] features = [.. Enumerable.Range(0, 8).Select(i => (float)i)];
        Assert.NotEqual(Identity(Dataset.OfTargets("t", 8, features, 3, [1, 2, 3])), Identity(Dataset.OfTargets("t", 8, features, 3, [1, 2, 4])));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(511, 1)]
    [InlineData(512, 2)]
    [InlineData(1000, 3)]
    public void Of_data_elsewhere_some_256_samples_stand_for_all(int samples, int distance)
    {
        Dataset data = TrainingData.Directions(samples, 8, 3);
        int[] labels = [.. Enumerable.Range(0, samples).Select(data.Label)];
        var rows = new Rows(data);
        var checksum = new Crc32C();
        for (int s = 0; s < samples; s += distance)
            checksum.Add(MemoryMarshal.AsBytes(data.Sample(s)));
        checksum.Add(MemoryMarshal.AsBytes<int>(labels));
        Assert.Equal($"{samples} samples of 8 values, checksum {checksum.Value:x8}", Identity(Dataset.OfClasses("rows", rows, labels, 3)));
    }

    public void Dispose() => model.Dispose();

    private string Identity(Dataset data) => RunIdentity.Of(model, new TrainingOptions(), data, data)["validation data"];

    private sealed class Rows(Dataset data) : IRowSource
    {
        public int Count => data.Count;

        public int FeatureCount => data.FeatureCount;

        public void Read(int row, Span<float> values) => data.Sample(row).CopyTo(values);
    }
}

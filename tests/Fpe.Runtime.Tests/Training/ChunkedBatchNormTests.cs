using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Batch normalisation of batches in chunks, each of which has statistics of its own.</summary>
public sealed class ChunkedBatchNormTests
{
    private static readonly ModelPlan Plan = Expansions.Plan("batch norms");
    private static readonly DataParallel InFour = new(ProcessGroup.Single) { Chunks = 4 };

    /// <summary>Gradients and losses are those of a step whose batches are the chunks; 3 samples each.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_chunk_is_normalised_as_a_batch_of_its_samples(int batches)
    {
        Dataset data = Data(48);
        var options = new TrainingOptions { Epochs = 2, ExpandAfter = 1, Optimizer = new Adam(0.02), MaximumGradientNorm = 0.5 };
        using PlannedModel expected = Model(), actual = Model();
        TrainingResult ofBatches = new Trainer(options with { BatchSize = 3, BatchesPerStep = 4 * batches }).Fit(expected, data);
        TrainingResult ofChunks = new Trainer(options with { BatchSize = 12, BatchesPerStep = batches, DataParallel = InFour }).Fit(actual, data);
        Assert.Equal(ofBatches.Epochs.Select(report => report.TrainLoss), ofChunks.Epochs.Select(report => report.TrainLoss), Close);
        Assert.Equal(Learned(expected), Learned(actual), Close);
    }

    /// <summary>14 samples are chunks of 3, 4, 3 and 4.</summary>
    [Fact]
    public void Running_statistics_are_the_mean_of_those_that_the_chunks_leave()
    {
        const int Samples = 14;
        Dataset data = Data(Samples);
        var options = new TrainingOptions { Epochs = 1, BatchSize = Samples, ExpandAfter = null };
        using PlannedModel model = Model();
        new Trainer(options with { DataParallel = InFour }).Fit(model, data);

        var order = Enumerable.Range(0, Samples).ToArray();
        new RandomStream(model.Seed, RandomPurpose.Shuffle, 1).Shuffle(order.AsSpan());
        double[] expected = [.. Statistics(model).Select(_ => 0.0)];
        for (int c = 0; c < InFour.Chunks; c++)
        {
            int first = Samples * c / InFour.Chunks, end = Samples * (c + 1) / InFour.Chunks;
            Dataset chunk = Data(Samples, order[first..end]);
            using PlannedModel alone = Model();
            new Trainer(options with { BatchSize = chunk.Count }).Fit(alone, chunk);
            expected = [.. expected.Zip(Statistics(alone), (sum, value) => sum + (value * chunk.Count / Samples))];
        }

        Assert.Equal(expected, Statistics(model), Close);
    }

    /// <summary>One chunk is the whole batch.</summary>
    [Fact]
    public void One_chunk_has_the_statistics_of_the_batch()
    {
        Dataset data = Data(50);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 12, ExpandAfter = 1 };
        using PlannedModel expected = Model(), actual = Model();
        new Trainer(options).Fit(expected, data);
        new Trainer(options with { DataParallel = InFour with { Chunks = 1 } }).Fit(actual, data);
        Assert.Equal(Statistics(expected), Statistics(actual), Close);
        Assert.Equal(Learned(expected), Learned(actual), Close);
    }

    /// <summary>The last batch has 3 samples, and one sample has no variance.</summary>
    [Fact]
    public void A_small_batch_fills_fewer_chunks()
    {
        using PlannedModel model = Model();
        var options = new TrainingOptions { Epochs = 1, BatchSize = 8, ExpandAfter = 0, DataParallel = InFour with { Chunks = 8 } };
        TrainingResult result = new Trainer(options).Fit(model, Data(19));
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.All(Statistics(model), value => Assert.True(double.IsFinite(value)));
    }

    private static PlannedModel Model() => new(Plan, seed: 1, new ReferenceDevice(ElementType.Float64));

    private static Dataset Data(int count, int[]? chosen = null)
    {
        var random = new RandomStream(2, RandomPurpose.Synthesis);
        float[] samples = [.. Enumerable.Range(0, count * Plan.InputCount).Select(_ => (2 * random.NextSingle()) - 1)];
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(Plan.OutputCount))];
        if (chosen is not null)
        {
            samples = [.. chosen.SelectMany(s => samples[(s * Plan.InputCount)..((s + 1) * Plan.InputCount)])];
            labels = [.. chosen.Select(s => labels[s])];
        }

        return Dataset.OfClasses("random", Plan.InputCount, samples, labels, Plan.OutputCount);
    }

    private static double[] Statistics(Model model) => Values(model.Parameters.Where(parameter => parameter.Role == ParameterRole.Statistic));

    private static double[] Learned(Model model) => Values(model.Parameters.Where(parameter => parameter.Role != ParameterRole.Statistic));

    private static double[] Values(IEnumerable<Parameter> parameters) => [.. parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9;
}

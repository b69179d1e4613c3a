using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Several batches make one step, as if they were one batch.</summary>
public sealed class GradientAccumulationTests : CheckpointedRuns
{
    public static TheoryData<string, bool> Cases => new()
    {
        { "random", false }, { "random", true }, { "on a convolution", false }, { "bag of means", false }, { "bag of sums, dealt", true }, { "encoder, expanded", false },
    };

    /// <summary>50 samples in steps of 3 · 8: the last has one incomplete batch. In steps of 2 · 8, it has a whole batch and an incomplete one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Batches_of_a_step_are_one_batch(string name, bool hasWeights)
    {
        ModelPlan plan = name.StartsWith("bag", StringComparison.Ordinal) || name.StartsWith("encoder", StringComparison.Ordinal) ? TokenModels.Plan(name) : Expansions.Plan(name);
        Dataset data = DataOf(plan);
        if (hasWeights)
            data = data.WithWeights([.. Enumerable.Range(0, 50).Select(s => s % 4 / 2f)]);
        foreach (Optimizer optimizer in Optimizers)
        {
            var options = new TrainingOptions { Epochs = 2, ExpandAfter = 1, Optimizer = optimizer, MaximumGradientNorm = 0.5, Schedule = new CosineSchedule() };
            foreach (int batches in new[] { 2, 3 })
            {
                (double[] losses, double[] values) = Fit(plan, data, options with { BatchSize = 8 * batches });
                (double[] actualLosses, double[] actualValues) = Fit(plan, data, options with { BatchSize = 8, BatchesPerStep = batches });
                Assert.Equal(losses, actualLosses, Close);
                Assert.Equal(values, actualValues, Close);
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        TrainingOptions options = Options with { BatchesPerStep = 3 };
        AssertSame(RunToEnd(options, new CpuDevice(1), "one thread"), RunToEnd(options, new CpuDevice(3), "three threads"));
    }

    [Fact]
    public void A_resumed_run_continues_bit_for_bit()
    {
        TrainingOptions options = Options with { BatchesPerStep = 3 };
        Outcome expected = RunToEnd(options, Device.Default, "uninterrupted");
        Assert.Equal(3, TrainingRun.StepsOf(Train, options));
        for (long stop = 1; stop < 3 * Epochs; stop += 2)
            AssertSame(expected, RunToEnd(options, Device.Default, $"stopped after {stop}", stop));
    }

    [Fact]
    public void Edges_are_learned_to_the_budget()
    {
        ModelPlan plan = LearnedRuns.Plan("share");
        foreach (EdgeLearning learning in new EdgeLearning[] { new GradualPruning { EverySteps = 1 }, new EdgeExchange { EverySteps = 1 } })
        {
            using var model = new PlannedModel(plan, seed: 1);
            new Trainer(new TrainingOptions { Epochs = 8, BatchSize = 8, BatchesPerStep = 2, EdgeLearning = learning }).Fit(model, Train);
            Assert.Equal(plan.ExpandedWeights, model.WeightCount);
        }
    }

    [Theory]
    [InlineData(0, "BatchesPerStep: 0 is out of range; it must be at least 1.")]
    [InlineData(8, "BatchesPerStep: 8 is more than the 7 batches of directions, which has 50 samples; use at most 7.")]
    public void Wrong_numbers_are_named(int batches, string message)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingOptions options = Options with { BatchesPerStep = batches, EarlyStopping = null };
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, Train)).Message);
    }

    private static Dataset DataOf(ModelPlan plan)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        float[] samples = TokenModels.SamplesOf(plan, Enumerable.Range(0, 50 * plan.InputCount).Select(_ => (2 * random.NextSingle()) - 1));
        int[] labels = [.. Enumerable.Range(0, 50).Select(_ => random.NextInt32(plan.OutputCount))];
        return Dataset.OfClasses("random", plan.InputCount, samples, labels, plan.OutputCount);
    }

    private static (double[] Losses, double[] Values) Fit(ModelPlan plan, Dataset data, TrainingOptions options)
    {
        using var model = new PlannedModel(plan, seed: 1, new ReferenceDevice(ElementType.Float64));
        TrainingResult result = new Trainer(options).Fit(model, data);
        return ([.. result.Epochs.Select(report => report.TrainLoss)], [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))]);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9;
}

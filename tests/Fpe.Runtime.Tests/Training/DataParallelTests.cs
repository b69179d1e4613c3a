using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Batches in chunks, in one process; tests with MPI compare several.</summary>
public sealed class DataParallelTests : CheckpointedRuns
{
    private static readonly DataParallel InFour = new(ProcessGroup.Single) { Chunks = 4 };

    public static TheoryData<string, int, bool> Cases => new()
    {
        { "random", 1, false }, { "random", 1, true }, { "random", 3, true }, { "on a convolution", 1, false }, { "on a convolution", 2, false },
        { "bag of means", 1, false }, { "bag of sums, dealt", 3, true }, { "encoder, expanded", 1, true }, { "encoder, expanded", 2, false },
        { "numbers and categories", 1, false },
    };

    /// <summary>50 samples in batches of 12: the last one has 2 samples for 4 chunks. Steps of 2 batches have it alone, those of 3 with another.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Chunks_of_a_batch_are_one_batch(string name, int batches, bool hasWeights)
    {
        ModelPlan plan = PlanOf(name);
        Dataset data = DataOf(plan);
        if (hasWeights)
            data = data.WithWeights([.. Enumerable.Range(0, 50).Select(s => s % 4 / 2f)]);
        foreach (Optimizer optimizer in Optimizers)
        {
            var options = new TrainingOptions { Epochs = 2, BatchSize = 12, BatchesPerStep = batches, ExpandAfter = 1, Optimizer = optimizer, MaximumGradientNorm = 0.5, Schedule = new CosineSchedule() };
            (double[] losses, double[] values) = Fit(plan, data, options);
            foreach (int chunks in new[] { 1, 2, 8 })
            {
                (double[] actualLosses, double[] actualValues) = Fit(plan, data, options with { DataParallel = InFour with { Chunks = chunks } });
                Assert.Equal(losses, actualLosses, Close);
                Assert.Equal(values, actualValues, Close);
            }
        }
    }

    /// <summary>A batch whose samples all have weight 0 has the loss 0, and adds nothing to its step.</summary>
    [Fact]
    public void A_batch_without_weight_adds_nothing()
    {
        ModelPlan plan = PlanOf("random");
        Dataset data = DataOf(plan);
        var options = new TrainingOptions { Epochs = 1, BatchSize = 1, BatchesPerStep = 4, ExpandAfter = 0 };
        data = data.WithWeights([.. Enumerable.Range(0, 50).Select(s => s % 2f)]);
        (double[] losses, double[] values) = Fit(plan, data, options);
        (double[] actualLosses, double[] actualValues) = Fit(plan, data, options with { DataParallel = InFour with { Chunks = 1 } });
        Assert.Equal(losses, actualLosses, Close);
        Assert.Equal(values, actualValues, Close);
    }

    /// <summary>
    /// The gradients of all edges are those of the whole batch, of several those of the last. The CPU leaves none unless it is told to keep them; in
    /// single precision, Adam would make steps of rounding errors.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Exchanged_edges_are_those_of_one_batch(int batches)
    {
        ModelPlan plan = LearnedRuns.Plan("share");
        var options = new TrainingOptions { Epochs = 8, BatchSize = 16, BatchesPerStep = batches, Optimizer = new Sgd(0.1), EdgeLearning = new EdgeExchange { EverySteps = 1 } };
        foreach ((Device device, double distance) in new (Device, double)[] { (new ReferenceDevice(ElementType.Float64), 1e-9), (new CpuDevice(1), 1e-4) })
        {
            (double[] losses, double[] values) = Fit(plan, Train, options, device);
            (double[] actualLosses, double[] actualValues) = Fit(plan, Train, options with { DataParallel = InFour }, device);
            Assert.Equal(losses, actualLosses, (expected, actual) => Math.Abs(expected - actual) <= distance);
            Assert.Equal(values, actualValues, (expected, actual) => Math.Abs(expected - actual) <= distance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_change_no_bit(int batches)
    {
        TrainingOptions options = Options with { DataParallel = InFour, BatchesPerStep = batches };
        AssertSame(RunToEnd(options, new CpuDevice(1), "one thread"), RunToEnd(options, new CpuDevice(3), "three threads"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_resumed_run_continues_bit_for_bit(int batches)
    {
        TrainingOptions options = Options with { DataParallel = InFour, BatchesPerStep = batches };
        Outcome expected = RunToEnd(options, Device.Default, "uninterrupted");
        for (long stop = 1; stop < TrainingRun.StepsOf(Train, options) * Epochs; stop += 5)
            AssertSame(expected, RunToEnd(options, Device.Default, $"stopped after {stop}", stop));
    }

    [Theory]
    [InlineData("random", 1)]
    [InlineData("random", 2)]
    [InlineData("batch norms", 2)]
    [InlineData("bag of means", 1)]
    [InlineData("encoder, expanded", 2)]
    public void A_step_allocates_no_memory(string name, int batches)
    {
        ModelPlan plan = PlanOf(name);
        using var model = new PlannedModel(plan, seed: 1);
        model.Expand();
        using var run = new TrainingRun(model, DataOf(plan), Options with { BatchesPerStep = batches, DataParallel = InFour });
        run.Step(0);
        run.Step(1);
        run.Step(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        run.Step(2);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 8, "Chunks: 0 is out of range; it must be a power of two from 1 to 1024.")]
    [InlineData(6, 8, "Chunks: 6 is out of range; it must be a power of two from 1 to 1024.")]
    [InlineData(16, 8, "BatchSize: 8 is less than the 16 chunks of a batch; use at least 16, or fewer chunks.")]
    public void Wrong_numbers_are_named(int chunks, int batchSize, string message)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingOptions options = Options with { BatchSize = batchSize, EarlyStopping = null, DataParallel = InFour with { Chunks = chunks } };
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, Train)).Message);
    }

    [Fact]
    public void A_group_trains_one_model_at_a_time()
    {
        var parallel = new DataParallel(new OtherGroup()) { Chunks = 4 };
        var options = new TrainingOptions { Epochs = 1, BatchSize = 12, ExpandAfter = 0, DataParallel = parallel };
        ModelPlan plan = Expansions.Plan("random");
        Dataset data = DataOf(plan);
        using var model = new PlannedModel(plan, seed: 1);
        var meanwhile = new Meanwhile(() =>
        {
            using var second = new PlannedModel(plan, seed: 2);
            new Trainer(options).Fit(second, data);
        });
        string message = Assert.Throws<TrainingOptionsException>(() => new Trainer(options, meanwhile).Fit(model, data)).Message;
        Assert.Equal("DataParallel: another run uses the ranks (one other process), which train one model at a time; wait until it has ended.", message);

        // The run that failed has ended.
        using var third = new PlannedModel(plan, seed: 3);
        Assert.Equal(StopReason.Completed, new Trainer(options).Fit(third, data).StopReason);
    }

    [Fact]
    public void A_missing_group_is_refused_where_it_is_given()
    {
        Assert.Throws<ArgumentNullException>(() => new DataParallel(null!));
        Assert.Throws<ArgumentNullException>(() => InFour with { Group = null! });
    }

    private static ModelPlan PlanOf(string name) => TokenModels.Has(name) ? TokenModels.Plan(name) : Expansions.Plan(name);

    private static Dataset DataOf(ModelPlan plan)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        float[] samples = TokenModels.SamplesOf(plan, Enumerable.Range(0, 50 * plan.InputCount).Select(_ => (2 * random.NextSingle()) - 1));
        int[] labels = [.. Enumerable.Range(0, 50).Select(_ => random.NextInt32(plan.OutputCount))];
        return Dataset.OfClasses("random", plan.InputCount, samples, labels, plan.OutputCount);
    }

    private static (double[] Losses, double[] Values) Fit(ModelPlan plan, Dataset data, TrainingOptions options, Device? device = null)
    {
        using var model = new PlannedModel(plan, seed: 1, device ?? new ReferenceDevice(ElementType.Float64));
        TrainingResult result = new Trainer(options).Fit(model, data);
        return ([.. result.Epochs.Select(report => report.TrainLoss)], [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))]);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9;

    /// <summary>One process that is not <see cref="ProcessGroup.Single"/>.</summary>
    private sealed class OtherGroup : ProcessGroup
    {
        public override string Name => "one other process";

        public override int Rank => 0;

        public override int Size => 1;

        public override bool Reaches(DeviceBuffer buffer) => true;

        public override Transfer Prepare(IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives) => throw new InvalidOperationException();

        public override byte[][] AllGather(ReadOnlySpan<byte> own) => [own.ToArray()];
    }

    private sealed class Meanwhile(Action action) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report) => action();
    }
}

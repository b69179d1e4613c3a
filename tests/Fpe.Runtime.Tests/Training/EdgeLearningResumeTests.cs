using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A run that learns its edges may stop at any step and be resumed: it ends with the same edges, bits and files.</summary>
public sealed class EdgeLearningResumeTests : CheckpointedRuns
{
    [Theory]
    [InlineData("single", "pruning, from a split")]
    [InlineData("share", "exchange")]
    public void A_run_may_stop_at_any_step(string plan, string way)
    {
        TrainingOptions options = LearnedRuns.Options(way) with { EarlyStopping = new EarlyStopping(Patience: 100) };
        Outcome expected = RunToEnd(options, Device.Default, $"{Learned}{plan}: uninterrupted");
        for (long stop = 0; stop < Epochs * StepsPerEpoch; stop++)
            AssertSame(expected, RunToEnd(options, Device.Default, $"{Learned}{plan}: stopped after {stop}", stop));
    }

    [Fact]
    public void Whatever_the_options_are() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        number =>
        {
            var random = new RandomStream(number, RandomPurpose.Synthesis);
            string plan = LearnedRuns.PlanNames[random.NextInt32(LearnedRuns.PlanNames.Count)];
            string way = LearnedRuns.WayNames[random.NextInt32(LearnedRuns.WayNames.Count)];
            if (!LearnedRuns.Fits(plan, way))
                return;
            TrainingOptions options = LearnedRuns.Options(way) with
            {
                BatchSize = 5 + random.NextInt32(6),
                Optimizer = Optimizers[random.NextInt32(Optimizers.Length)],
                EarlyStopping = random.NextInt32(3) switch { 0 => null, 1 => new EarlyStopping(1), _ => new EarlyStopping(2, 0.01) },
                Checkpoints = new CheckpointOptions("") { EverySteps = random.NextInt32(2) == 0 ? null : 1 + random.NextInt32(9) },
            };
            long[] stops = [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(_ => (long)random.NextInt32(40)).Order()];
            bool isReference = random.NextInt32(3) == 0;
            Device first = isReference ? new ReferenceDevice(ElementType.Float64) : Device.Default;
            Device second = isReference ? new ReferenceDevice(ElementType.Float64) : new CpuDevice(threads: 2);
            AssertSame(
                RunToEnd(options, first, $"{Learned}{plan}: {number} alone"), RunToEnd(options, second, $"{Learned}{plan}: {number} stopped", stops));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void The_way_has_to_be_the_same()
    {
        TrainingOptions options = LearnedRuns.Options("pruning");
        using var stopped = new PlannedModel(LearnedRuns.Plan("single"), seed: 1);
        new Trainer(WithStop(options, "run", stop: 20, out CancellationToken token)).Fit(stopped, Train, Test, token);
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 1);
        TrainingOptions other = WithStop(options with { EdgeLearning = new GradualPruning { End = 0.7 } }, "run", stop: null, out _);
        string message = Assert.Throws<CheckpointMismatchException>(() => new Trainer(other).Fit(model, Train, Test)).Message;
        Assert.Matches("EdgeLearning is GradualPruning \\{.* End = 0.6, .*} in the checkpoint, but GradualPruning \\{.* End = 0.7, .*} now", message);
    }

    /// <summary>More epochs make the schedule longer; edges that are gone stay gone, and the run ends with the budget.</summary>
    [Theory]
    [InlineData("pruning")]
    [InlineData("exchange")]
    public void A_finished_run_goes_on_with_more_epochs(string way)
    {
        (TrainingOptions options, string folder) = (LearnedRuns.Options(way), Folder("run"));
        foreach (int epochs in new[] { 5, 9 })
        {
            using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 1);
            TrainingResult result = new Trainer(WithFolder(options with { Epochs = epochs }, folder)).Fit(model, Train, Test);
            Assert.Equal(epochs, result.Epochs.Count);
            Assert.Equal(model.Plan.ExpandedWeights, model.WeightCount);
        }
    }
}

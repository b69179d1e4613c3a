using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Numerics;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A run that ended is resumed with more epochs, or with fewer.</summary>
public sealed class MoreEpochsTests : CheckpointedRuns
{
    [Fact]
    public void More_epochs_train_on_as_if_there_had_been_as_many_from_the_start() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        number =>
        {
            var random = new RandomStream(number, RandomPurpose.Synthesis);
            TrainingOptions options = Options with
            {
                Epochs = 9,
                ExpandAfter = random.NextInt32(3) switch { 0 => null, 1 => 0, _ => 2 },
                Optimizer = Optimizers[random.NextInt32(Optimizers.Length)],
                EarlyStopping = random.NextInt32(3) switch { 0 => null, 1 => new EarlyStopping(1), _ => new EarlyStopping(100) },
            };
            Outcome expected = RunToEnd(options, Device.Default, $"{number} at once");
            RunToEnd(options with { Epochs = 3 + random.NextInt32(3) }, Device.Default, $"{number} longer");
            RunToEnd(options with { Epochs = 6 + random.NextInt32(3) }, Device.Default, $"{number} longer", 7 * (6 + random.NextInt32(2)));
            AssertSame(expected, RunToEnd(options, Device.Default, $"{number} longer"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    public static TheoryData<LearningRateSchedule> SchedulesWithoutEnd =>
        [new ConstantSchedule { WarmUpSteps = 45 }, new StepSchedule(EveryEpochs: 3, Gamma: 0.5)];

    [Theory]
    [MemberData(nameof(SchedulesWithoutEnd))]
    public void A_schedule_that_does_not_ask_for_the_end_goes_on(LearningRateSchedule schedule)
    {
        // The best of the first five epochs is not the last of them: the weights to go on from are not those of the result.
        TrainingOptions options = Options with { Schedule = schedule, Optimizer = new Adam(0.5) };
        (TrainingResult five, _) = Fit(options, "longer");
        Assert.InRange(five.BestEpoch!.Value, 3, 4);
        (TrainingResult ten, double[] weights) = Fit(options with { Epochs = 10 }, "longer");
        (TrainingResult expected, double[] expectedWeights) = Fit(options with { Epochs = 10 }, "at once");
        Assert.Equal(expected.Epochs, ten.Epochs);
        Assert.Equal((expected.StopReason, expected.BestEpoch), (ten.StopReason, ten.BestEpoch));
        Assert.Equal(expectedWeights, weights);
    }

    [Fact]
    public void A_cosine_ends_with_the_new_last_epoch_and_changes_no_step_that_was_made()
    {
        TrainingOptions options = Options with { Schedule = new CosineSchedule(Floor: 0.1) };
        double[] ofFive = Rates(options, "longer");
        double[] ofTen = Rates(options with { Epochs = 10 }, "at once");
        Assert.Equal([.. ofFive, .. ofTen[5..]], Rates(options with { Epochs = 10 }, "longer"));
        Assert.True(ofTen[5] > 2 * ofFive[4], "the rate rises where the run goes on");

        double[] Rates(TrainingOptions trained, string name) => [.. Fit(trained, name).Result.Epochs.Select(report => report.LearningRate)];
    }

    [Fact]
    public void A_run_that_early_stopping_ended_stays_ended()
    {
        TrainingOptions options = Options with { Epochs = 50, Optimizer = new Adam(0.5), EarlyStopping = new EarlyStopping(Patience: 2) };
        (TrainingResult first, double[] weights) = Fit(options, "run");
        Assert.Equal(StopReason.EarlyStopped, first.StopReason);
        (TrainingResult again, double[] weightsAgain) = Fit(options with { Epochs = 100 }, "run");
        Assert.Equal(first.Epochs, again.Epochs);
        Assert.Equal((StopReason.EarlyStopped, first.BestEpoch), (again.StopReason, again.BestEpoch));
        Assert.Equal(weights, weightsAgain);
    }

    [Theory]
    [InlineData(null, 4, "5 epochs are finished, but Epochs is 4 now; use at least 5, or start another run in another folder.")]
    [InlineData(16L, 2, "2 epochs and 2 steps are finished, but Epochs is 2 now; use at least 3, or start another run in another folder.")]
    public void Fewer_epochs_than_are_finished_are_refused(long? stop, int epochs, string problem)
    {
        TrainingOptions options = Options with { ExpandAfter = 0 };
        Train(options, stop);
        string last = Checkpoints("run")[^1];
        var error = Assert.Throws<CheckpointMismatchException>(() => Train(options with { Epochs = epochs }, null));
        Assert.Equal($"{last}: {problem}", error.Message);

        void Train(TrainingOptions trained, long? stop)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
            new Trainer(WithStop(trained, "run", stop, out CancellationToken token)).Fit(model, CheckpointedRuns.Train, Test, token);
        }
    }

    [Fact]
    public void A_run_can_end_sooner_than_it_was_to()
    {
        (TrainingResult expected, double[] weights) = Fit(Options with { Epochs = 4 }, "at once");
        using (var model = new PlannedModel(Expansions.Plan("random"), seed: 1))
        using (var source = new CancellationTokenSource())
            new Trainer(WithFolder(Options, Folder("sooner")), new CancelAfter(3, source)).Fit(model, Train, Test, source.Token);
        (TrainingResult actual, double[] actualWeights) = Fit(Options with { Epochs = 4 }, "sooner");
        Assert.Equal(expected.Epochs, actual.Epochs);
        Assert.Equal(weights, actualWeights);
    }

    [Fact]
    public void A_checkpoint_without_the_weights_of_its_last_epoch_cannot_go_on()
    {
        TrainingOptions options = Options with { Optimizer = new Adam(0.5) };
        int best = Fit(options, "run").Result.BestEpoch!.Value;
        string last = Checkpoints("run")[^1];
        Rewrite(last, tensor => !tensor.StartsWith("training.last.", StringComparison.Ordinal));
        Assert.Equal(best, Fit(options, "run").Result.BestEpoch);
        var error = Assert.Throws<CheckpointMismatchException>(() => Fit(options with { Epochs = 10 }, "run"));
        Assert.Equal($"{last}: it contains the weights of epoch {best}, the best, but not those of epoch 5, from which further epochs would continue; leave Epochs at 5, or start another run in another folder.", error.Message);
    }

    /// <summary>Leaves tensors out of a file.</summary>
    private static void Rewrite(string path, Func<string, bool> keeps)
    {
        Tensor[] tensors;
        KeyValuePair<string, string>[] metadata;
        using (SafetensorsReader reader = SafetensorsReader.Open(path))
        {
            metadata = [.. reader.Metadata.Where(entry => entry.Key != FileKeys.Checksum)];
            tensors = [.. reader.Tensors.Values.Where(entry => keeps(entry.Name)).Select(entry => new TensorOf<byte>(entry.Name, entry.Type, entry.Shape, reader.Read<byte>(entry)))];
        }

        using FileStream stream = File.Create(path);
        new SafetensorsWriter(path, metadata, tensors).Write(stream);
    }

    private sealed class CancelAfter(int epoch, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epoch)
                source.Cancel();
        }
    }
}

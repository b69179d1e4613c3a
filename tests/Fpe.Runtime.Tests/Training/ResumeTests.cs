using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Files;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Files;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A run that stops anywhere and is resumed ends with the same bits as one that does not, in the model and on the disk.</summary>
public sealed class ResumeTests : CheckpointedRuns
{
    [Fact]
    public void A_run_may_stop_at_any_step()
    {
        Outcome expected = RunToEnd(Options, Device.Default, "uninterrupted");
        for (long stop = 0; stop < Epochs * StepsPerEpoch; stop++)
            AssertSame(expected, RunToEnd(Options, Device.Default, $"stopped after {stop}", stop));
    }

    [Fact]
    public void Whatever_the_options_are() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        number =>
        {
            var random = new RandomStream(number, RandomPurpose.Synthesis);
            TrainingOptions options = Options with
            {
                BatchSize = 5 + random.NextInt32(6),
                ExpandAfter = random.NextInt32(4) switch { 0 => null, 1 => 0, 2 => 1, _ => 3 },
                Optimizer = Optimizers[random.NextInt32(Optimizers.Length)],
                MaximumGradientNorm = random.NextInt32(2) == 0 ? null : 0.5,
                EarlyStopping = random.NextInt32(3) switch { 0 => null, 1 => new EarlyStopping(1), _ => new EarlyStopping(2, 0.01) },
                Seed = random.NextInt32(2) == 0 ? null : 77,
                Checkpoints = new CheckpointOptions("")
                {
                    EverySteps = random.NextInt32(2) == 0 ? null : 1 + random.NextInt32(9),
                    EveryEpochs = 1 + random.NextInt32(3),
                    KeepLast = 1 + random.NextInt32(3),
                },
            };
            long[] stops = [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(_ => (long)random.NextInt32(40)).Order()];
            bool isReference = random.NextInt32(3) == 0;
            var twoThreads = new CpuDevice(threads: 2);
            Device first = isReference ? new ReferenceDevice(ElementType.Float64) : Device.Default;
            Device second = isReference ? new ReferenceDevice(ElementType.Float64) : twoThreads;
            string model = random.NextInt32(4) switch { 0 => "image", 1 => "groups", _ => "features" };
            AssertSame(RunToEnd(options, first, $"{model} {number} alone"), RunToEnd(options, second, $"{model} {number} stopped", stops));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_run_that_ended_is_not_run_again()
    {
        Outcome expected = RunToEnd(Options, Device.Default, "run");
        AssertSame(expected, RunToEnd(Options, Device.Default, "run"));
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_passed_over()
    {
        RunToEnd(Options, Device.Default, "run", stops: 20);
        string last = Checkpoints("run")[^1];
        byte[] content = File.ReadAllBytes(last);
        content[^3] ^= 4;
        File.WriteAllBytes(last, content);
        var error = Assert.Throws<CheckpointFormatException>(() => RunToEnd(Options, Device.Default, "run"));
        Assert.StartsWith($"{last}: its checksum is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_but_the_number_of_epochs_has_to_be_the_same()
    {
        Stop(Options, "run");
        Refused("BatchSize is 8 in the checkpoint, but 9 now", Options with { BatchSize = 9 });
        Refused("ExpandAfter is 2 in the checkpoint, but 3 now", Options with { ExpandAfter = 3 });
        Refused("Optimizer is Adam { LearningRate = 0.02, ", Options with { Optimizer = new Adam(0.03) });
        Refused("Loss is softmax cross-entropy in the checkpoint, but mean squared error now", Options with { Loss = Loss.MeanSquaredError });
        Refused("MaximumGradientNorm is 0.5 in the checkpoint, but none now", Options with { MaximumGradientNorm = null });
        Refused("EarlyStopping is EarlyStopping { Patience = 100, MinimumChange = 0 } in the checkpoint, but none now", Options with { EarlyStopping = null });
        Refused("DataParallel is none in the checkpoint, but in 4 chunks now", Options with { DataParallel = new DataParallel(ProcessGroup.Single) { Chunks = 4 } });
        Refused("Seed is 1 in the checkpoint, but 2 now", Options with { Seed = 2 });
        Refused("training data is 50 samples of 8 values", Options, train: TrainingData.Directions(50, 8, 3, seed: 9));
        Refused("model seed is 1 in the checkpoint, but 2 now", Options with { Seed = 1 }, seed: 2);
        Refused("Schedule is ", Options with { Schedule = new CosineSchedule() });

        void Refused(string problem, TrainingOptions options, Dataset? train = null, long seed = 1)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed);
            TrainingOptions saved = options with { Checkpoints = new CheckpointOptions(Folder("run")) { Resume = true } };
            string message = Assert.Throws<CheckpointMismatchException>(() => new Trainer(saved).Fit(model, train ?? Train, Test)).Message;
            Assert.Contains(problem, message, StringComparison.Ordinal);
        }
    }

    /// <summary>An option that is not compared would let a run go on differently.</summary>
    [Fact]
    public void No_option_is_forgotten()
    {
        using var model = new PlannedModel(Expansions.Plan("random"));
        var identity = RunIdentity.Of(model, Options, Train, validation: null);
        string[] options = [.. typeof(TrainingOptions).GetProperties().Select(property => property.Name).Where(name => name != nameof(TrainingOptions.Checkpoints))];
        Assert.All(options, option => Assert.Contains(option, identity.Keys));
    }

    [Fact]
    public void A_folder_of_another_run_is_left_alone()
    {
        RunToEnd(Options, Device.Default, "run", stops: 20);
        string last = Checkpoints("run")[^1];
        byte[] before = File.ReadAllBytes(last);
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        var error = Assert.Throws<TrainingOptionsException>(() => new Trainer(Options with { Checkpoints = new CheckpointOptions(Folder("run")) }).Fit(model, Train, Test));
        Assert.Equal($"Checkpoints: {last} belongs to an earlier run; resume it, or use another folder.", error.Message);
        Assert.Equal(before, File.ReadAllBytes(last));
    }

    [Fact]
    public void Two_runs_cannot_use_one_folder()
    {
        using var first = new CheckpointFolder(new CheckpointOptions(Folder("run")));
        var error = Assert.Throws<FileAccessException>(() => new CheckpointFolder(new CheckpointOptions(Folder("run"))));
        Assert.Equal($"{Folder("run")} cannot be written: another run uses it; wait until it ends, or use another folder.", error.Message);
    }

    [Fact]
    public void What_a_killed_process_left_unfinished_goes()
    {
        RunToEnd(Options, Device.Default, "run", stops: 20);
        File.WriteAllText(Path.Combine(Folder("run"), "fpe-abc.tmp"), "unfinished");
        RunToEnd(Options, Device.Default, "run");
        Assert.DoesNotContain(Directory.GetFiles(Folder("run")), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_checkpoints_and_the_best_model_are_kept()
    {
        TrainingOptions options = Options with { EarlyStopping = null, Checkpoints = new CheckpointOptions("") { EverySteps = 3, KeepLast = 3 } };
        Outcome outcome = RunToEnd(options, Device.Default, "run");
        Assert.Equal(
            ["best.safetensors", "checkpoint-0000000030.safetensors", "checkpoint-0000000033.safetensors", "checkpoint-0000000035.safetensors", "lock"],
            outcome.Files.Keys);

        EpochReport best = outcome.Result.Epochs.Where(report => report.IsExpanded).MinBy(report => report.Validation!.Value.Loss)!;
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.LoadWeights(Path.Combine(Folder("run"), "best.safetensors"));
        Assert.Equal(best.Validation, Evaluator.Evaluate(model, Test, Options.Loss, Options.BatchSize));
    }

    [Theory]
    [InlineData(2, null, false, "14 28 35")]
    [InlineData(100, 5L, false, "5 10 15 20 25 30 35")]
    [InlineData(100, 14L, false, "14 28 35")]
    [InlineData(5, null, true, "35")]
    public void Checkpoints_come_every_few_epochs_or_steps_and_at_the_end(int everyEpochs, long? everySteps, bool keepBest, string steps)
    {
        var checkpoints = new CheckpointOptions("") { EveryEpochs = everyEpochs, EverySteps = everySteps, KeepLast = 100, KeepBest = keepBest };
        Outcome outcome = RunToEnd(Options with { Checkpoints = checkpoints }, Device.Default, "run");
        IEnumerable<string> expected = steps.Split(' ').Select(step => $"checkpoint-{step.PadLeft(10, '0')}.safetensors").Append("lock");
        Assert.Equal(keepBest ? expected.Prepend("best.safetensors") : expected, outcome.Files.Keys);
    }

    [Fact]
    public void A_run_that_is_cancelled_saves_the_steps_that_it_made()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingResult result = new Trainer(WithStop(Options with { Checkpoints = new CheckpointOptions("") { EveryEpochs = 100 } }, "run", 16, out CancellationToken token)).Fit(model, Train, Test, token);
        Assert.Equal((StopReason.Cancelled, 2, null), (result.StopReason, result.Epochs.Count, result.BestEpoch));
        Assert.Equal([Path.Combine(Folder("run"), "checkpoint-0000000016.safetensors")], Checkpoints("run"));
    }

    /// <summary>Files of earlier versions have these names.</summary>
    [Fact]
    public void Tensors_of_training_have_names_that_stay()
    {
        RunToEnd(Options, Device.Default, "run", stops: 16);
        using SafetensorsReader reader = SafetensorsReader.Open(Checkpoints("run")[^1]);
        string[] parameters = ["hidden.bias", "hidden.weight", "logits.bias", "logits.weight"];
        Assert.Equal(
            [
                .. parameters.Select(name => $"training.best.{name}"), "training.losses",
                .. parameters.Select(name => $"training.moment1.{name}"), .. parameters.Select(name => $"training.moment2.{name}"),
            ],
            reader.Tensors.Keys.Where(name => name.StartsWith("training.", StringComparison.Ordinal) && !name.StartsWith("training.last.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>Only a run that made all its epochs is trained on from the weights of its last.</summary>
    [Theory]
    [InlineData(1, StopReason.EarlyStopped)]
    [InlineData(100, StopReason.Completed)]
    public void The_last_weights_are_saved_if_the_run_can_continue_from_them(int patience, StopReason reason)
    {
        Outcome outcome = RunToEnd(Options with { Optimizer = new Adam(0.5), EarlyStopping = new EarlyStopping(patience) }, Device.Default, "run");
        Assert.Equal(reason, outcome.Result.StopReason);
        Assert.NotEqual(outcome.Result.Epochs[^1].Epoch, outcome.Result.BestEpoch);
        using SafetensorsReader reader = SafetensorsReader.Open(Checkpoints("run")[^1]);
        Assert.Equal(reason == StopReason.Completed, reader.Tensors.ContainsKey("training.last.hidden.weight"));
    }

    [Fact]
    public void A_run_may_stop_within_the_first_epoch_after_its_start()
    {
        TrainingOptions options = Options with { StartEpoch = 1 };
        AssertSame(RunToEnd(options, Device.Default, "uninterrupted"), RunToEnd(options, Device.Default, "stopped", stops: 10));
    }

    [Fact]
    public void A_checkpoint_is_a_model_file()
    {
        RunToEnd(Options, Device.Default, "run");
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 3);
        model.LoadWeights(Checkpoints("run")[^1]);
        Assert.True(model.IsExpanded);
    }

    [Fact]
    public void A_model_file_is_no_checkpoint()
    {
        Directory.CreateDirectory(Folder("run"));
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Save(Path.Combine(Folder("run"), "checkpoint-0000000001.safetensors"));
        var error = Assert.Throws<CheckpointFormatException>(() => RunToEnd(Options, Device.Default, "run"));
        Assert.Contains("it contains a model, but not the state of a training run", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverges_leaves_its_last_good_checkpoint()
    {
        TrainingOptions options = Options with { EarlyStopping = null, MaximumGradientNorm = null, Optimizer = new Sgd(1e30), ExpandAfter = 0 };
        Assert.Throws<DivergenceException>(() => RunToEnd(options with { Checkpoints = new CheckpointOptions("") { EverySteps = 1 } }, Device.Default, "run"));
        Assert.All(Directory.GetFiles(Folder("run"), "*.safetensors"), path =>
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 3);
            model.LoadWeights(path);
        });
    }

    [DiskFact]
    public void A_disk_that_fills_up_leaves_every_checkpoint_before()
    {
        using var disk = new SmallDisk(bytes: 1 << 16);
        var checkpoints = new CheckpointOptions(Path.Combine(disk.Folder, "run")) { EverySteps = 1, KeepLast = 1000, Resume = true };
        using (var model = new PlannedModel(Expansions.Plan("random"), seed: 1))
        {
            var error = Assert.Throws<FileAccessException>(() => new Trainer(Options with { Checkpoints = checkpoints }).Fit(model, Train, Test));
            Assert.StartsWith(checkpoints.Folder, error.Message, StringComparison.Ordinal);
            Assert.Contains("cannot be written: No space left on device", error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.GetFiles(checkpoints.Folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        string[] saved = Directory.GetFiles(checkpoints.Folder, "*.safetensors");
        Assert.InRange(saved.Length, 5, 20);
        Assert.All(saved, path =>
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 3);
            model.LoadWeights(path);
        });

        // With room again the run goes on where it stopped.
        foreach (string old in saved.Order(StringComparer.Ordinal).SkipLast(1).Where(path => path.Contains("checkpoint", StringComparison.Ordinal)))
            File.Delete(old);
        using PlannedModel resumed = new(Expansions.Plan("random"), seed: 1), alone = new(Expansions.Plan("random"), seed: 1);
        TrainingResult result = new Trainer(Options with { Checkpoints = checkpoints with { EverySteps = null, KeepLast = 1 } }).Fit(resumed, Train, Test);
        Assert.Equal(new Trainer(Options).Fit(alone, Train, Test).Epochs, result.Epochs);
        Assert.Equal(
            alone.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value)),
            resumed.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value)));
    }

    [Fact]
    public void A_folder_that_is_lost_is_reported()
    {
        var lost = new Lost(Folder("run"));
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        var trainer = new Trainer(Options with { Checkpoints = new CheckpointOptions(Folder("run")) }, lost);
        Assert.StartsWith(Folder("run"), Assert.Throws<FileAccessException>(() => trainer.Fit(model, Train, Test)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Observers_are_told_of_a_resumed_run()
    {
        var observer = new Story();
        foreach (long? stop in new long?[] { 16, null })
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
            new Trainer(WithStop(Options, "run", stop, out CancellationToken token), observer).Fit(model, Train, Test, token);
        }

        string[] first = ["started", "epoch 1", "epoch 2", "expanded", "ended"];
        Assert.Equal([.. first, "started", "resumed after 2", "epoch 3", "epoch 4", "epoch 5", "ended"], observer.Told);
    }

    [Fact]
    public void Observers_are_told_of_a_run_resumed_within_its_first_epoch()
    {
        var observer = new Story();
        foreach (long? stop in new long?[] { 3, null })
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
            new Trainer(WithStop(Options with { Epochs = 1, ExpandAfter = 0 }, "run", stop, out CancellationToken token), observer).Fit(model, Train, Test, token);
        }

        Assert.Equal(["started", "expanded", "ended", "started", "resumed after 0", "epoch 1", "ended"], observer.Told);
    }

    [Theory]
    [InlineData("EveryEpochs")]
    [InlineData("EverySteps")]
    [InlineData("KeepLast")]
    [InlineData("Checkpoints")]
    public void Wrong_options_are_named(string option)
    {
        CheckpointOptions checkpoints = option switch
        {
            "EveryEpochs" => new CheckpointOptions("x") { EveryEpochs = 0 },
            "EverySteps" => new CheckpointOptions("x") { EverySteps = 0 },
            "KeepLast" => new CheckpointOptions("x") { KeepLast = 0 },
            _ => new CheckpointOptions(" "),
        };
        using var model = new PlannedModel(Expansions.Plan("random"));
        Assert.Equal(option, Assert.Throws<TrainingOptionsException>(() => (Options with { Checkpoints = checkpoints }).Validate(model, Train, Test)).Option);
    }

    private void Stop(TrainingOptions options, string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        new Trainer(options with { Checkpoints = new CheckpointOptions(Folder(name)) }).Fit(model, Train, Test, source.Token);
    }

    /// <summary>Deletes the folder of the checkpoints after the third epoch.</summary>
    private sealed class Lost(string folder) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == 3)
                Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Story : ITrainingObserver
    {
        public List<string> Told { get; } = [];

        public void TrainingStarted(Model model, TrainingOptions options) => Told.Add("started");

        public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished) => Told.Add($"resumed after {finished.Count}");

        public void ModelExpanded(Model model, int epochs) => Told.Add("expanded");

        public void EpochEnded(Model model, EpochReport report) => Told.Add($"epoch {report.Epoch}");

        public void TrainingEnded(Model model, TrainingResult result) => Told.Add("ended");
    }
}

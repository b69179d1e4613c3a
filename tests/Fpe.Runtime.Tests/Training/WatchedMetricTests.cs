using Fpe.Compute;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Runs that watch a metric: they stop early, keep the best weights or lower the rate, and are resumed bit for bit.</summary>
public sealed class WatchedMetricTests : CheckpointedRuns
{
    [Theory]
    [InlineData(Metric.F1)]
    [InlineData(Metric.LogLoss)]
    public void Early_stopping_keeps_the_weights_of_the_best_metric(Metric metric)
    {
        TrainingOptions options = Options with { Epochs = 60, ExpandAfter = 0, Optimizer = new Adam(0.1), EarlyStopping = new EarlyStopping(3) { Metric = metric } };
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingResult result = new Trainer(options).Fit(model, Train, Test);
        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        double[] values = [.. result.Epochs.Select(report => report.Metrics![metric])];
        double best = metric.HigherIsBetter() ? values.Max() : values.Min();
        Assert.Equal(Array.IndexOf(values, best) + 1, result.BestEpoch);
        Assert.Equal(result.BestEpoch + 3, result.Epochs.Count);
        Assert.Equal(best, model.Evaluate(Test)[metric]);
    }

    [Fact]
    public void Metrics_are_measured_after_every_epoch()
    {
        TrainingOptions options = Options with { Metrics = [Metric.F1, Metric.Accuracy], EarlyStopping = new EarlyStopping(100) { Metric = Metric.RocAuc } };
        (TrainingResult result, _) = Fit(options, "metrics");
        Assert.All(result.Epochs, report =>
        {
            Assert.Equal([Metric.F1, Metric.Accuracy, Metric.RocAuc], report.Metrics!.Keys);
            Assert.Equal(report.Validation!.Value.Accuracy, report.Metrics[Metric.Accuracy]);
        });
        (TrainingResult plain, _) = Fit(Options, "plain");
        Assert.Equal(plain.Epochs, result.Epochs.Select(report => report with { Metrics = null }));
    }

    [Theory]
    [InlineData("F1")]
    [InlineData("plateau")]
    [InlineData("both")]
    public void A_resumed_run_continues_bit_for_bit(string watched)
    {
        TrainingOptions options = watched switch
        {
            "F1" => Options with { EarlyStopping = new EarlyStopping(2) { Metric = Metric.F1 } },
            "plateau" => Options with { Schedule = new ReduceOnPlateauSchedule(0.5, 1) { MinimumChange = 0.05 } },
            _ => Options with { EarlyStopping = new EarlyStopping(100) { Metric = Metric.RocAuc }, Schedule = new ReduceOnPlateauSchedule(0.5, 1) { Metric = Metric.F1, MinimumChange = 0.2 } },
        };
        Outcome expected = RunToEnd(options, Device.Default, "uninterrupted");
        if (watched != "F1")
            Assert.NotEqual(expected.Result.Epochs[0].LearningRate, expected.Result.Epochs[^1].LearningRate);
        for (long stop = 1; stop < Epochs * StepsPerEpoch; stop += 3)
            AssertSame(expected, RunToEnd(options, Device.Default, $"stopped after {stop}", stop));
    }

    [Fact]
    public void A_one_cycle_schedule_is_resumed_bit_for_bit()
    {
        TrainingOptions options = Options with { Schedule = new OneCycleSchedule() };
        Outcome expected = RunToEnd(options, Device.Default, "uninterrupted");
        Assert.NotEqual(expected.Result.Epochs[0].LearningRate, expected.Result.Epochs[^1].LearningRate);
        for (long stop = 1; stop < Epochs * StepsPerEpoch; stop += 3)
            AssertSame(expected, RunToEnd(options, Device.Default, $"stopped after {stop}", stop));
    }

    [Fact]
    public void Weights_and_losses_with_options_are_resumed_bit_for_bit()
    {
        TrainingOptions options = Options with
        {
            Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = 0.1, FocalGamma = 2 },
            ClassWeights = LossWeights.Balanced,
        };
        Outcome expected = RunToEnd(options, Device.Default, "uninterrupted");
        for (long stop = 1; stop < Epochs * StepsPerEpoch; stop += 3)
            AssertSame(expected, RunToEnd(options, Device.Default, $"stopped after {stop}", stop));
    }

    [Fact]
    public void Changed_options_are_refused()
    {
        Fit(Options, "run");
        Refused("Loss is softmax cross-entropy in the checkpoint, but softmax cross-entropy, label smoothing 0.1 now", Options with { Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = 0.1 } });
        Refused("ClassWeights is none in the checkpoint, but 1, 2, 3 now", Options with { ClassWeights = LossWeights.Of(1, 2, 3) });
        Refused("BatchesPerStep is 1 in the checkpoint, but 2 now", Options with { BatchesPerStep = 2 });
        Refused("EarlyStopping is EarlyStopping { Patience = 100, MinimumChange = 0 } in the checkpoint, but EarlyStopping { Patience = 100, MinimumChange = 0, Metric = F1 } now", Options with { EarlyStopping = Options.EarlyStopping! with { Metric = Metric.F1 } });
        Refused("training data is 50 samples of 8 values", Options, Train.WithWeights([.. Enumerable.Repeat(2f, 50)]));

        void Refused(string problem, TrainingOptions options, Dataset? train = null)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
            string message = Assert.Throws<Fpe.Checkpoints.CheckpointMismatchException>(() => new Trainer(WithFolder(options, Folder("run"))).Fit(model, train ?? Train, Test)).Message;
            Assert.Contains(problem, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_best_model_file_is_that_of_the_metric()
    {
        TrainingOptions options = Options with { ExpandAfter = 0, EarlyStopping = new EarlyStopping(100) { Metric = Metric.F1 } };
        (TrainingResult result, _) = Fit(options, "run");
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.LoadWeights(Path.Combine(Folder("run"), "best.safetensors"));
        Assert.Equal(result.Epochs.Max(report => report.Metrics![Metric.F1]), model.Evaluate(Test)[Metric.F1]);
    }

    [Fact]
    public void What_cannot_be_watched_is_named()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingOptions options = new() { Epochs = 1 };
        Assert.Equal(
            "Schedule: it monitors the validation data, but there is none; pass validation data to Fit.",
            Assert.Throws<TrainingOptionsException>(() => new Trainer(options with { Schedule = new ReduceOnPlateauSchedule() }).Fit(model, Train)).Message);
        Assert.Equal(
            "Metrics: they are measured on the validation data, but there is none; pass validation data to Fit.",
            Assert.Throws<TrainingOptionsException>(() => new Trainer(options with { Metrics = [Metric.F1] }).Fit(model, Train)).Message);
        Assert.StartsWith(
            "RSquared: it does not fit classification; use Accuracy, ",
            Assert.Throws<TaskMismatchException>(() => new Trainer(options with { Metrics = [Metric.RSquared] }).Fit(model, Train, Test)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "directions: no sample has class 2, so RocAuc has no value; add samples, or use another metric.",
            Assert.Throws<DatasetException>(() => new Trainer(options with { Metrics = [Metric.RocAuc] }).Fit(model, Train, TrainingData.Directions(20, 8, 2, declared: 3))).Message);
        Assert.Equal(ModelMeaning.Unknown, model.Meaning);
    }

    /// <summary>Worked by hand, as Keras' ReduceLROnPlateau does it.</summary>
    [Theory]
    [InlineData(2, 0, 0, "1 1 0.5 0.5 0.5 0.25")]
    [InlineData(2, 3, 0, "1 1 0.5 0.5 0.5 0.5")]
    [InlineData(1, 0, 0.25, "1 0.5 0.25 0.25 0.25 0.25")]
    public void A_plateau_lowers_the_rate(int patience, int cooldown, double floor, string factors)
    {
        var schedule = new ReduceOnPlateauSchedule(0.5, patience) { Cooldown = cooldown, Floor = floor, MinimumChange = 0.05 };
        double[] losses = [1, 0.96, 0.97, 0.5, 0.6, double.NaN];
        EpochReport[] reports = [.. losses.Select((loss, e) => new EpochReport(e + 1, 0, null, new Evaluation(loss, null), 0, true))];
        Assert.Equal(factors, string.Join(' ', Enumerable.Range(1, 6).Select(count => schedule.FactorAfter(reports[..count]))));
    }

    [Fact]
    public void Epochs_before_a_metric_was_measured_do_not_lower_the_rate()
    {
        var schedule = new ReduceOnPlateauSchedule(0.5, 2) { Metric = Metric.F1 };
        EpochReport[] reports = [.. Enumerable.Range(1, 30).Select(epoch => new EpochReport(epoch, 0, null, new Evaluation(1, null), 0, true))];
        Assert.Equal(1, schedule.FactorAfter(reports));
    }

    [Theory]
    [InlineData("Gamma: 1 is out of range; it must be greater than 0 and less than 1.")]
    [InlineData("Patience: 0 is out of range; it must be at least 1.")]
    [InlineData("MinimumChange: -1 is out of range; it must be at least 0.")]
    [InlineData("Cooldown: -1 is out of range; it must be at least 0.")]
    [InlineData("Floor: 2 is out of range; it must be from 0 to 1.")]
    public void Wrong_settings_of_a_plateau_are_named(string message)
    {
        ReduceOnPlateauSchedule schedule = message[..3] switch
        {
            "Gam" => new(1),
            "Pat" => new(0.5, 0),
            "Min" => new() { MinimumChange = -1 },
            "Coo" => new() { Cooldown = -1 },
            _ => new() { Floor = 2 },
        };
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(schedule.Validate).Message);
    }
}

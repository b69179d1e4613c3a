using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;
using Microsoft.Extensions.Logging;

namespace Fpe.Extensions.Logging.Tests;

public sealed class LoggingObserverTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 2, ExpandAfter = 1, Metrics = [Metric.F1] };

    private static readonly Dataset Data = Dataset.OfClasses("corners", 2, [1, 0, 0, 1, 1, 1, 0, 0.5f], [0, 1, 0, 1], 2);

    [Fact]
    public void Every_event_of_a_run_is_logged_with_its_values()
    {
        var logger = new ListLogger(LogLevel.Information);
        using var model = new SmallNet(seed: 1);
        TrainingResult result = new Trainer(Options, new LoggingObserver(logger)).Fit(model, Data, Data);
        Assert.Equal([1, 4, 3, 4, 4, 5], logger.Entries.Select(entry => entry.Event.Id));
        Assert.All(logger.Entries, entry => Assert.Equal((LogLevel.Information, "SmallNet"), (entry.Level, entry.Values["Model"])));
        Assert.Equal($"SmallNet: training for 3 epochs, {SmallNet.DenseWeights} weights", logger.Entries[0].Text);
        Assert.Equal($"SmallNet: expanded after epoch 1, {SmallNet.ExpandedWeights} weights", logger.Entries[2].Text);
        Assert.Equal("SmallNet: Completed after 3 epochs", logger.Entries[5].Text);

        EpochReport report = result.Epochs[1];
        IReadOnlyDictionary<string, object?> values = logger.Entries[3].Values;
        Assert.Equal((2, 3), ((int)values["Epoch"]!, (int)values["Epochs"]!));
        Assert.Equal(
            (report.TrainLoss, report.TrainAccuracy, report.Validation!.Value.Loss, report.Validation.Value.Accuracy, report.Metrics![Metric.F1], report.LearningRate),
            ((double)values["TrainLoss"]!, (double)values["TrainAccuracy"]!, (double)values["ValidationLoss"]!, (double)values["ValidationAccuracy"]!, (double)values["F1"]!, (double)values["LearningRate"]!));
        Assert.Equal(
            "{Model}: epoch {Epoch}/{Epochs}: TrainLoss {TrainLoss}, TrainAccuracy {TrainAccuracy}, ValidationLoss {ValidationLoss}, ValidationAccuracy {ValidationAccuracy}, F1 {F1}, LearningRate {LearningRate}",
            values["{OriginalFormat}"]);
        Assert.StartsWith(FormattableString.Invariant($"SmallNet: epoch 2/3: TrainLoss {report.TrainLoss:0.0000}, TrainAccuracy "), logger.Entries[3].Text, StringComparison.Ordinal);
        Assert.EndsWith(", LearningRate 1.0e-3", logger.Entries[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_without_a_sample_are_a_warning()
    {
        var logger = new ListLogger(LogLevel.Warning);
        using var model = new SmallNet(seed: 1);
        new Trainer(Options with { Metrics = [] }, new LoggingObserver(logger)).Fit(model, Dataset.OfClasses("corners", 2, [1, 0, 0, 1], [1, 1], 2));
        Entry entry = Assert.Single(logger.Entries);
        Assert.Equal((LogLevel.Warning, "SmallNet: no sample of corners is of these classes, so the model learns that they never occur: 0"), (entry.Level, entry.Text));
    }

    [Fact]
    public void The_best_epoch_is_named()
    {
        var logger = new ListLogger(LogLevel.Information);
        using var model = new SmallNet(seed: 1);
        new LoggingObserver(logger).TrainingEnded(model, new TrainingResult(StopReason.EarlyStopped, [], BestEpoch: 4));
        Assert.Equal(["SmallNet: EarlyStopped after 0 epochs", "SmallNet: the weights are those of epoch 4"], logger.Entries.Select(entry => entry.Text));
    }

    [Fact]
    public void What_was_not_measured_is_left_out()
    {
        var logger = new ListLogger(LogLevel.Debug);
        using var model = new SmallNet(seed: 1);
        var observer = new LoggingObserver(logger, LogLevel.Debug);
        observer.EpochEnded(model, new EpochReport(1, 0.5, null, null, 0.01, IsExpanded: false));
        Entry entry = Assert.Single(logger.Entries);
        Assert.Equal((LogLevel.Debug, "SmallNet: epoch 1/0: TrainLoss 0.5000, LearningRate 1.0e-2"), (entry.Level, entry.Text));

        var quiet = new ListLogger(LogLevel.Information);
        new LoggingObserver(quiet, LogLevel.Debug).EpochEnded(model, new EpochReport(1, 0.5, null, null, 0.01, IsExpanded: false));
        Assert.Empty(quiet.Entries);
    }

    [Fact]
    public void A_run_that_is_cancelled_and_resumed_says_so()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            TrainingOptions options = Options with { Checkpoints = new CheckpointOptions(folder.FullName) { Resume = true } };
            using var model = new SmallNet(seed: 1);
            using var source = new CancellationTokenSource();
            var logger = new ListLogger(LogLevel.Warning);
            new Trainer(options, new LoggingObserver(logger), new CancelAfterEpoch(source)).Fit(model, Data, Data, source.Token);
            Assert.Equal("SmallNet: Cancelled after 1 epochs", Assert.Single(logger.Entries).Text);

            var second = new ListLogger(LogLevel.Information);
            using var resumed = new SmallNet(seed: 1);
            new Trainer(options, new LoggingObserver(second)).Fit(resumed, Data, Data);
            Assert.Equal("SmallNet: resumed after epoch 1", second.Entries[1].Text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class CancelAfterEpoch(CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report) => source.Cancel();
    }
}

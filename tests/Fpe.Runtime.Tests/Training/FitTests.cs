using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>The ways to call a trainer, and who hears of its epochs.</summary>
public class FitTests
{
    private static readonly Dataset Train = TrainingData.Directions(40, 8, 3);
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 8 };

    [Fact]
    public void Arrays_are_trained_as_a_data_set_of_them()
    {
        double[] expected = Weights(model => new Trainer(Options).Fit(model, Train));
        Assert.Equal(expected, Weights(model => new Trainer(Options).Fit(model, Train.Features!, Train.Labels!)));

        TrainingOptions squares = Options with { Loss = Loss.MeanSquaredError };
        float[] targets = [.. Enumerable.Range(0, 40 * 3).Select(i => i % 7f)];
        Assert.Equal(
            Weights(model => new Trainer(squares).Fit(model, Dataset.OfTargets("targets", 8, Train.Features!, 3, targets))),
            Weights(model => new Trainer(squares).Fit(model, Train.Features!, targets)));
    }

    [Fact]
    public async Task A_run_on_another_thread_has_the_same_bits_and_reports_each_epoch()
    {
        double[] expected = Weights(model => new Trainer(Options).Fit(model, Train));
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        var progress = new Epochs();
        TrainingResult result = await new Trainer(Options).FitAsync(model, Train, progress: progress);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(result.Epochs, progress.Reports);
        Assert.Equal(expected, Weights(model));
    }

    [Fact]
    public async Task A_cancelled_run_on_another_thread_has_a_result()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingResult result = await new Trainer(Options).FitAsync(model, Train, cancellation: new CancellationToken(canceled: true));
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        await Assert.ThrowsAsync<DatasetException>(() => new Trainer(Options).FitAsync(model, TrainingData.Directions(40, 7, 3)));
    }

    [Fact]
    public void The_console_hears_of_every_epoch()
    {
        using var lines = new StringWriter { NewLine = "\n" };
        var clock = new Clock();
        var observer = new ConsoleObserver(lines, clock);
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        observer.TrainingStarted(model, new TrainingOptions { Epochs = 5 });
        observer.ModelExpanded(model, 0);
        clock.Seconds = 30;
        observer.EpochEnded(model, new EpochReport(1, 0.75, 0.5, new Evaluation(0.8, 0.25), 0.003, IsExpanded: true));
        clock.Seconds = 60;
        observer.EpochEnded(model, new EpochReport(2, 0.5, null, null, 0.003, IsExpanded: true));
        observer.TrainingEnded(model, new TrainingResult(StopReason.EarlyStopped, [], BestEpoch: 1));
        Assert.Equal(
            $"""
            expanded after epoch 0: {model.WeightCount} weights
            epoch 1/5  loss 0.7500 (50.0 %)  validation 0.8000 (25.0 %)  rate 3.0e-3  0:02:00 left
            epoch 2/5  loss 0.5000  rate 3.0e-3  0:01:30 left
            stopped early after 0:01:00; the weights are those of epoch 1

            """.ReplaceLineEndings("\n"),
            lines.ToString());
    }

    [Theory]
    [InlineData(null, "1, 3")]
    [InlineData("rose,iris,daisy,tulip", "\"iris\", \"tulip\"")]
    public void The_console_names_classes_without_a_sample(string? names, string named)
    {
        using var lines = new StringWriter { NewLine = "\n" };
        using var model = new PlannedModel(Flowers(classes: 4), seed: 1) { Meaning = new ModelMeaning { ClassNames = names?.Split(',') } };
        new Trainer(new TrainingOptions { Epochs = 1, BatchSize = 2 }, new ConsoleObserver(lines)).Fit(model, Dataset.OfClasses("flowers", 2, [1, 0, 0, 1], [2, 0], 4));
        Assert.StartsWith($"no sample of flowers is of the classes {named}: the model learns that this never occurs; add samples if it does\nepoch 1/1 ", lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Few_of_many_classes_without_a_sample_are_named()
    {
        using var lines = new StringWriter { NewLine = "\n" };
        using var model = new PlannedModel(Flowers(classes: 4), seed: 1);
        var observer = new ConsoleObserver(lines);
        Dataset flowers = Dataset.OfClasses("flowers", 2, [1, 0], [2], 4);
        observer.ClassesMissing(model, flowers, [3]);
        observer.ClassesMissing(model, flowers, [0, 1, 3, 4, 5, 6, 7]);
        string[] written = lines.ToString().Split('\n');
        Assert.StartsWith("no sample of flowers is of class 3: ", written[0], StringComparison.Ordinal);
        Assert.StartsWith("no sample of flowers is of the classes 0, 1, 3, 4, 5 and 2 more: ", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_a_sample_of_every_class_or_with_targets_names_none()
    {
        using var lines = new StringWriter { NewLine = "\n" };
        var options = new TrainingOptions { Epochs = 1, BatchSize = 2 };
        var observer = new ConsoleObserver(lines);
        using var classes = new PlannedModel(Flowers(classes: 2), seed: 1);
        new Trainer(options, observer).Fit(classes, [1, 0, 0, 1], [1, 0]);
        using var targets = new PlannedModel(Flowers(classes: 2), seed: 1);
        new Trainer(options with { Loss = Loss.MeanSquaredError }, observer).Fit(targets, [1, 0, 0, 1], [1f, 0, 0, 1]);
        Assert.DoesNotContain("no sample", lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_counts_hours_beyond_a_day()
    {
        using var lines = new StringWriter { NewLine = "\n" };
        var clock = new Clock();
        var observer = new ConsoleObserver(lines, clock);
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        observer.TrainingStarted(model, new TrainingOptions { Epochs = 2 });
        clock.Seconds = (((26 * 60) + 3) * 60) + 4;
        observer.EpochEnded(model, new EpochReport(1, 0.75, null, null, 0.003, IsExpanded: true));
        observer.TrainingEnded(model, new TrainingResult(StopReason.Completed, [], BestEpoch: null));
        Assert.Equal("epoch 1/2  loss 0.7500  rate 3.0e-3  26:03:04 left\ncompleted after 26:03:04\n", lines.ToString());
    }

    [Fact]
    public void One_cycle_rises_and_falls()
    {
        // Ten steps: up from step 0 to 3 (0.4 · 10 − 1), and down to step 9.
        var schedule = new OneCycleSchedule(0.4, 0.04, 0.001);
        double[] factors = [.. Enumerable.Range(0, 10).Select(step => schedule.Factor(step, 5, 2))];
        Assert.Equal([0.04, 0.28, 0.76, 1], factors[..4], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.001 + (0.999 / 2), factors[6], 1e-12);
        Assert.Equal(0.001, factors[9], 1e-12);
        Assert.Throws<TrainingOptionsException>(() => new OneCycleSchedule(1).Validate());
        Assert.Throws<TrainingOptionsException>(() => new OneCycleSchedule(0.3, 0).Validate());
        Assert.Throws<TrainingOptionsException>(() => new OneCycleSchedule(0.3, 1, -1).Validate());
    }

    private static ModelPlan Flowers(int classes) => new("Flowers", 2, [new LinearPlan("Logits", 2, classes)]);

    private static double[] Weights(Action<PlannedModel> train)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        train(model);
        return Weights(model);
    }

    private static double[] Weights(PlannedModel model) => [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];

    private sealed class Epochs : IProgress<EpochReport>
    {
        public List<EpochReport> Reports { get; } = [];

        public void Report(EpochReport value) => Reports.Add(value);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

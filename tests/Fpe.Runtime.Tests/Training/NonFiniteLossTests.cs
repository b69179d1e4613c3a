using Fpe.Compute;
using Fpe.Data;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A loss that is not a number decides nothing: it is neither the best nor the end of a search for the best.</summary>
public sealed class NonFiniteLossTests : IDisposable
{
    private static readonly Dataset Train = TrainingData.Directions(50, 8, 3, seed: 1);
    private static readonly Dataset Test = TrainingData.Directions(30, 8, 3, seed: 2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 1);

    private static TrainingOptions Options => new() { Epochs = 6, BatchSize = 25, ExpandAfter = 1, Optimizer = new Adam(0.05) };

    [Fact]
    public void It_is_never_the_best_for_early_stopping()
    {
        TrainingResult result = Fit(Options with { EarlyStopping = new EarlyStopping(Patience: 100) }, 2, 4);
        Assert.Equal([double.NaN, double.NaN], result.Epochs.Where(report => report.Epoch is 2 or 4).Select(report => report.Validation!.Value.Loss));
        EpochReport best = result.Epochs.Where(report => report.Epoch is 3 or 5 or 6).MinBy(report => report.Validation!.Value.Loss)!;
        Assert.Equal(best.Epoch, result.BestEpoch);
        Assert.Equal(best.Validation, Evaluator.Evaluate(model, Test, Options.Loss, Options.BatchSize));
    }

    [Fact]
    public void It_is_never_kept_as_the_best_model()
    {
        TrainingResult result = Fit(Options with { Checkpoints = new CheckpointOptions(folder.FullName) }, 2, 6);
        EpochReport best = result.Epochs.Where(report => report.Epoch is 3 or 4 or 5).MinBy(report => report.Validation!.Value.Loss)!;
        model.LoadWeights(Path.Combine(folder.FullName, "best.safetensors"));
        Assert.Equal(best.Validation, Evaluator.Evaluate(model, Test, Options.Loss, Options.BatchSize));
    }

    [Fact]
    public void It_uses_up_patience()
    {
        TrainingResult result = Fit(Options with { EarlyStopping = new EarlyStopping(Patience: 2) }, 3, 4);
        Assert.Equal((StopReason.EarlyStopped, 4, 2), (result.StopReason, result.Epochs.Count, result.BestEpoch));
    }

    [Theory]
    [InlineData(null, 6)]
    [InlineData(100, 6)]
    [InlineData(3, 4)]
    public void A_validation_loss_that_never_is_a_number_is_an_error(int? patience, int last)
    {
        var options = Options with { EarlyStopping = patience is { } epochs ? new EarlyStopping(epochs) : null };
        var error = Assert.Throws<DivergenceException>(() => Fit(options, 2, 3, 4, 5, 6));
        Assert.Equal(
            $"TestNet: the validation loss is NaN in epoch {last} and has not been finite since epoch 2; scale the validation data like the training data, lower the learning rate or set MaximumGradientNorm.",
            error.Message);
        Assert.Equal((last, 2), (error.Epoch, error.Step));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_the_last_step_spoils_are_an_error(bool withCheckpoints)
    {
        var options = new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 50,
            Optimizer = new Sgd(1e300),
            Checkpoints = withCheckpoints ? new CheckpointOptions(folder.FullName) : null,
        };
        var error = Assert.Throws<DivergenceException>(() => new Trainer(options).Fit(model, Train));
        Assert.StartsWith("TestNet: training diverged: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" in epoch 1, step 1; lower the learning rate or set MaximumGradientNorm.", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (error.Epoch, error.Step));
    }

    /// <summary>Steps 6 and 7 of the run are the first two of epoch 2.</summary>
    [Fact]
    public void Weights_are_not_saved_after_a_step_that_spoils_them()
    {
        TrainingOptions options = Options with { BatchSize = 10, Optimizer = new Sgd(1), Schedule = new Outburst(AtStep: 6) };
        var error = Assert.Throws<DivergenceException>(() => Save(options));
        Assert.StartsWith("TestNet: training diverged: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the loss", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" in epoch 2, step 2; lower the learning rate or set MaximumGradientNorm.", error.Message, StringComparison.Ordinal);
        Assert.Equal((2, 2), (error.Epoch, error.Step));
    }

    /// <summary>The weights are spoilt too, but the loss was first.</summary>
    [Fact]
    public void A_loss_that_is_not_finite_is_named_before_a_checkpoint()
    {
        var error = Assert.Throws<DivergenceException>(() => Save(Options with { BatchSize = 10, Optimizer = new Sgd(1e30) }));
        Assert.StartsWith("TestNet: training diverged: the loss is ", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 2), (error.Epoch, error.Step));
    }

    [Fact]
    public void An_output_that_is_no_number_answers_nothing()
    {
        foreach (Device device in new Device[] { Device.Default, new ReferenceDevice(ElementType.Float32), new ReferenceDevice(ElementType.Float64) })
        {
            using DeviceBuffer counts = device.Allocate(1);
            using Activations logits = device.AllocateActivations(2, 2), targets = device.AllocateActivations(2, 2);
            logits.Write([float.NaN, -1, float.NaN, 1], 2);
            targets.Write([0, 0, 1, 1], 2);
            device.Kernels.CountCorrectSigns(logits, targets, counts, slot: 0, batch: 2);
            var correct = new double[1];
            counts.Read(correct);
            Assert.Equal(2, correct[0]);
        }
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Delete(recursive: true);
    }

    private void Save(TrainingOptions options) =>
        new Trainer(options with { Checkpoints = new CheckpointOptions(folder.FullName) { EverySteps = 1 } }).Fit(model, Train);

    /// <summary>Trains with validation data whose features are so large in some epochs that no output is a number.</summary>
    private TrainingResult Fit(TrainingOptions options, params int[] epochs)
    {
        // With checkpoints every sample is read once more, before the first epoch, for the identity of the run.
        int before = options.Checkpoints is null ? 0 : 1;
        var rows = new FalteringRows(Test, [.. epochs.Select(epoch => epoch + before)]);
        int[] labels = [.. Enumerable.Range(0, Test.Count).Select(Test.Label)];
        return new Trainer(options).Fit(model, Train, Dataset.OfClasses("validation", rows, labels, Test.OutputCount));
    }

    private sealed class FalteringRows(Dataset data, int[] passes) : IRowSource
    {
        private int reads;

        public int Count => data.Count;

        public int FeatureCount => data.FeatureCount;

        public void Read(int row, Span<float> values)
        {
            if (passes.Contains(1 + (reads++ / Count)))
                values.Fill(float.MaxValue); // sums of it are infinite, and their differences no numbers
            else
                data.Sample(row).CopyTo(values);
        }
    }

    /// <summary>A rate that is far too high in one step.</summary>
    private sealed record Outburst(long AtStep) : LearningRateSchedule
    {
        protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs) => step == AtStep ? 1e300 : 1e-3;
    }
}

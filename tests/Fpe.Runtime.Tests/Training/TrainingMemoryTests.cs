using Fpe.Compute;
using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Training and evaluating free all memory of the device except the model's own, which does not wait for the garbage collector.</summary>
public sealed class TrainingMemoryTests : CheckpointedRuns
{
    private readonly RecordingDevice device = new();

    [Theory]
    [InlineData("pruning")]
    [InlineData("pruning, from a split")]
    [InlineData("exchange")]
    public void A_run_that_learns_its_edges_leaves_only_the_model(string way)
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 1, device);
        new Trainer(LearnedRuns.Options(way) with { EarlyStopping = new EarlyStopping(Patience: 100) }).Fit(model, Train, Test);
        AssertOnlyModelLives(model);
    }

    /// <summary>The best weights come back, and the last ones are kept until they are saved.</summary>
    [Fact]
    public void A_run_with_checkpoints_leaves_only_the_model()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, device);
        TrainingOptions options = Options with { Optimizer = new Adam(0.5) };
        TrainingResult result = new Trainer(WithFolder(options, Folder("run"))).Fit(model, Train, Test);
        Assert.InRange(result.BestEpoch!.Value, 3, Epochs - 1);
        AssertOnlyModelLives(model);
    }

    [Fact]
    public void A_checkpoint_of_another_run_leaves_only_the_model()
    {
        Fit(Options, "run");
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 2, device);
        Assert.ThrowsAny<Exception>(() => new Trainer(WithFolder(Options, Folder("run"))).Fit(model, Train, Test));
        AssertOnlyModelLives(model);
        Fit(Options, "run");
    }

    [Fact]
    public void An_evaluator_leaves_only_the_model()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, device);
        using (var evaluator = new Evaluator(model, Test, Loss.SoftmaxCrossEntropy, batchSize: 4))
        {
            evaluator.Evaluate();
            model.Expand();
            evaluator.Evaluate();
        }

        AssertOnlyModelLives(model);
    }

    /// <summary>The samples, 8 losses, the number of correct answers; the inputs and outputs of layers, but no gradients of them.</summary>
    [Fact]
    public void An_evaluator_allocates_what_it_needs()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, device);
        device.Allocated.Clear();
        Evaluator.Evaluate(model, Test, Loss.SoftmaxCrossEntropy, batchSize: 4);
        Assert.Equal([30 * 8, 8, 8], device.Lengths); // samples; losses and correct answers of each batch
        Assert.Equal([8, .. model.Linears.Select(layer => layer.OutputCount)], device.Allocated.OfType<Activations>().Select(values => values.Features));
    }

    private void AssertOnlyModelLives(Model model)
    {
        DeviceMemory[] own = [.. model.Parameters.SelectMany(parameter => new[] { parameter.Value, parameter.Gradient })];
        Assert.All(own, memory => Assert.Contains(memory, device.Live));
        Assert.Empty(device.Live.Except(own));
    }
}

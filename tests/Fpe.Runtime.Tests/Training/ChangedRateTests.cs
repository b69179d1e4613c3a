using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Runs that are resumed with another learning rate.</summary>
public sealed class ChangedRateTests : IDisposable
{
    private static readonly Dataset Train = TrainingData.Directions(50, 8, 3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_resumed_run_keeps_its_moments_at_another_rate()
    {
        double[] expected = Fit(new TrainingOptions { Epochs = 4, Optimizer = new Adam(1 / 64.0), Schedule = new StepSchedule(2, 0.5) }, checkpoints: null);
        Fit(new TrainingOptions { Epochs = 2, Optimizer = new Adam(1 / 64.0) }, new CheckpointOptions(folder.FullName));
        double[] resumed = Fit(
            new TrainingOptions { Epochs = 4, Optimizer = new Adam(1 / 128.0) }, new CheckpointOptions(folder.FullName) { Resume = true, ChangesLearningRate = true });
        Assert.Equal(expected, resumed);

        DirectoryInfo copy = folder.CreateSubdirectory("copy");
        foreach (FileInfo file in folder.GetFiles())
            file.CopyTo(Path.Combine(copy.FullName, file.Name));
        var longer = new TrainingOptions { Epochs = 5, Optimizer = new Adam(1 / 128.0) };
        double[] constant = Fit(longer, new CheckpointOptions(copy.FullName) { Resume = true, ChangesLearningRate = true });
        double[] changed = Fit(longer with { Schedule = new CosineSchedule() }, new CheckpointOptions(folder.FullName) { Resume = true, ChangesLearningRate = true });
        Assert.NotEqual(constant, changed);
    }

    [Fact]
    public void Another_rate_has_to_be_said_and_nothing_else_may_differ()
    {
        var options = new TrainingOptions { Epochs = 2, Optimizer = new Adam(0.5) };
        Fit(options, new CheckpointOptions(folder.FullName));
        var resume = new CheckpointOptions(folder.FullName) { Resume = true };
        Assert.EndsWith(
            "now; resume with the same, set CheckpointOptions.ChangesLearningRate, or start another run in another folder.",
            Refused(options with { Optimizer = new Adam(0.25) }, resume), StringComparison.Ordinal);
        Assert.Contains(": Optimizer is Adam {", Refused(options with { Optimizer = new Adam(0.25) { Beta1 = 0.5 } }, resume with { ChangesLearningRate = true }), StringComparison.Ordinal);
        Assert.Contains(": BatchSize is ", Refused(options with { BatchSize = 9 }, resume with { ChangesLearningRate = true }), StringComparison.Ordinal);

        string Refused(TrainingOptions changed, CheckpointOptions checkpoints) => Assert.Throws<CheckpointMismatchException>(() => Fit(changed, checkpoints)).Message;
    }

    private static double[] Fit(TrainingOptions options, CheckpointOptions? checkpoints)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        new Trainer(options with { Checkpoints = checkpoints }).Fit(model, Train);
        return [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];
    }
}

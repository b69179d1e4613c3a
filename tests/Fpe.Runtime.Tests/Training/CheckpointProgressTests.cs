using System.Text.Json.Nodes;
using Fpe.Checkpoints;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>The position that a checkpoint claims must be one that a run can have.</summary>
public sealed class CheckpointProgressTests : CheckpointedRuns
{
    /// <summary>A run of 5 epochs of 7 steps, from epoch 1 on, that was stopped after 4 epochs.</summary>
    private static readonly TrainingOptions Stopped = Options with { StartEpoch = 1 };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "epoch", "0", "0 finished epochs, but must have at least 1" },
        { "stepInEpoch", "-1", "-1 finished steps of the next epoch, but must have 0 to 6" },
        { "stepInEpoch", "7", "7 finished steps of the next epoch, but must have 0 to 6" },
        { "epoch", "3", "3 reports of epochs, but must have 2" },
        { "optimizerSteps", "-1", "-1 steps of the optimizer, but must have 0 to 28" },
        { "optimizerSteps", "29", "29 steps of the optimizer, but must have 0 to 28" },
        { "reports[1].epoch", "4", "a report of epoch 4 at 1, but must have epoch 3" },
        { "best.epoch", "1", "epoch 1 as the best, but must have 2 to 4" },
        { "best.epoch", "5", "epoch 5 as the best, but must have 2 to 4" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_place_where_the_run_cannot_be_is_named(string field, string value, string problem)
    {
        string last = Stop();
        Change(last, progress =>
        {
            JsonNode node = progress;
            if (field.StartsWith("reports", StringComparison.Ordinal))
                node = progress["reports"]![1]!;
            else if (field.StartsWith("best", StringComparison.Ordinal))
                node = progress["best"]!;
            node[field.Split('.')[^1]] = JsonNode.Parse(value);
        });
        var error = Assert.Throws<CheckpointMismatchException>(() => Fit(Stopped, "run"));
        Assert.Equal($"{last}: it has {problem}; delete it to resume from the previous checkpoint.", error.Message);
    }

    /// <summary>The steps of an epoch that has begun count.</summary>
    [Fact]
    public void The_optimizer_makes_no_more_steps_than_the_run()
    {
        string last = Stop();
        Change(last, progress => (progress["stepInEpoch"], progress["optimizerSteps"]) = (3, 32));
        var error = Assert.Throws<CheckpointMismatchException>(() => Fit(Stopped, "run"));
        Assert.Equal($"{last}: it has 32 steps of the optimizer, but must have 0 to 31; delete it to resume from the previous checkpoint.", error.Message);
    }

    [Theory]
    [InlineData("null", "It is null.")]
    [InlineData("{}", "JSON deserialization for type 'Fpe.Training.TrainingProgress' was missing required properties")]
    [InlineData("7", "The JSON value could not be converted to Fpe.Training.TrainingProgress.")]
    public void What_is_no_progress_is_named(string json, string problem)
    {
        string last = Stop();
        Rewrite(last, _ => json);
        var error = Assert.Throws<CheckpointFormatException>(() => Fit(Stopped, "run"));
        Assert.StartsWith($"{last}: metadata fpe.training is not the state of a training run: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_a_checkpoint_lacks_is_named()
    {
        string last = Stop();
        Change(last, progress => progress["run"]!.AsObject().Remove("BatchSize"));
        var error = Assert.Throws<CheckpointMismatchException>(() => Fit(Stopped, "run"));
        Assert.Equal($"{last}: BatchSize is missing in the checkpoint, but 8 now; resume a run with the options it was started with, or start another one in another folder.", error.Message);
    }

    [Fact]
    public void An_option_that_only_a_checkpoint_has_is_named()
    {
        string last = Stop();
        Change(last, progress => progress["run"]!["Shuffle"] = "Never");
        var error = Assert.Throws<CheckpointMismatchException>(() => Fit(Stopped, "run"));
        Assert.Equal($"{last}: Shuffle is Never in the checkpoint, but missing now; resume a run with the options it was started with, or start another one in another folder.", error.Message);
    }

    /// <summary>Versions before edges were learned did not write how.</summary>
    [Fact]
    public void A_checkpoint_need_not_say_that_edges_are_not_learned()
    {
        (TrainingResult expected, double[] weights) = Fit(Stopped, "uninterrupted");
        Change(Stop(), progress => progress["run"]!.AsObject().Remove("EdgeLearning"));
        (TrainingResult result, double[] resumed) = Fit(Stopped, "run");
        Assert.Equal(expected.Epochs, result.Epochs);
        Assert.Equal(weights, resumed);
    }

    private string Stop()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        using var source = new CancellationTokenSource();
        new Trainer(WithFolder(Stopped, Folder("run")), new CancelAfter(4, source)).Fit(model, Train, Test, source.Token);
        return Checkpoints("run")[^1];
    }

    private sealed class CancelAfter(int epoch, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epoch)
                source.Cancel();
        }
    }

    private static void Change(string path, Action<JsonObject> change) => Rewrite(path, json =>
    {
        JsonObject progress = JsonNode.Parse(json)!.AsObject();
        change(progress);
        return progress.ToJsonString();
    });

    /// <summary>Replaces the progress in a checkpoint, whose checksum is right again.</summary>
    private static void Rewrite(string path, Func<string, string> change)
    {
        Tensor[] tensors;
        KeyValuePair<string, string>[] metadata;
        using (SafetensorsReader reader = SafetensorsReader.Open(path))
        {
            metadata =
            [
                .. reader.Metadata.Where(entry => entry.Key != FileKeys.Checksum)
                    .Select(entry => KeyValuePair.Create(entry.Key, entry.Key == FileKeys.Training ? change(entry.Value) : entry.Value)),
            ];
            tensors = [.. reader.Tensors.Values.Select(entry => new TensorOf<byte>(entry.Name, entry.Type, entry.Shape, reader.Read<byte>(entry)))];
        }

        using FileStream stream = File.Create(path);
        new SafetensorsWriter(path, metadata, tensors).Write(stream);
    }
}

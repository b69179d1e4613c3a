using Fpe.Data;
using Fpe.Training;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Fpe.ML;

/// <summary>Reports each epoch to the channels of ML.NET, and so to <c>MLContext.Log</c>.</summary>
internal sealed class ChannelObserver(IChannel channel, IProgressChannel progress, int epochs) : ITrainingObserver
{
    private EpochReport? last;

    /// <inheritdoc/>
    public void TrainingStarted(Model model, TrainingOptions options)
    {
        progress.SetHeader(new ProgressHeader(["training loss"], ["epochs"]), entry =>
        {
            if (last is null)
                return;
            entry.SetProgress(0, last.Epoch, epochs);
            entry.SetMetric(0, last.TrainLoss);
        });
        channel.Info(MessageSensitivity.None, Invariant($"{model.Plan.Name}: {model.Plan.DenseWeights} weights"));
    }

    /// <inheritdoc/>
    public void ClassesMissing(Model model, Dataset train, IReadOnlyList<int> classes) => channel.Warning(
        MessageSensitivity.Schema, Invariant($"{model.Plan.Name}: {classes.Count} of {model.Meaning.ClassNames?.Count ?? train.OutputCount} keys have no row to train on, the first is {model.Meaning.ClassNames?[classes[0]] ?? Invariant($"{classes[0] + 1}")}; the model learns that they never occur"));

    /// <inheritdoc/>
    public void ModelExpanded(Model model, int epochs) => channel.Info(MessageSensitivity.None, Invariant($"{model.Plan.Name} expanded after {epochs} epochs: {model.WeightCount} weights"));

    /// <inheritdoc/>
    public void EpochEnded(Model model, EpochReport report)
    {
        last = report;
        string accuracy = report.TrainAccuracy is { } correct ? Invariant($", accuracy {correct:0.0000}") : "";
        string validation = report.Validation is { } held ? Invariant($", validation loss {held.Loss:0.0000}") : "";
        channel.Info(MessageSensitivity.None, Invariant($"epoch {report.Epoch} of {epochs}: loss {report.TrainLoss:0.0000}{accuracy}{validation}, learning rate {report.LearningRate:G4}"));
        progress.Checkpoint(report.TrainLoss, report.Epoch);
    }
}

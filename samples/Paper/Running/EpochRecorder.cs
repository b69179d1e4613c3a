using System.Diagnostics;
using Fpe.Training;

namespace Samples.Paper.Running;

/// <summary>Records the history of a training run, and reports progress.</summary>
/// <param name="progress">Receives the progress of each epoch.</param>
/// <param name="epochCost">Multiply-adds of an epoch.</param>
/// <param name="history">The earlier history: that of the warm-up from which the run continues.</param>
internal sealed class EpochRecorder(IRunProgress progress, double epochCost, TrainingHistory history) : ITrainingObserver
{
    private readonly List<double> losses = [.. history.Losses];
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The history so far.</summary>
    public TrainingHistory History => new([.. losses], history.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);

    /// <inheritdoc/>
    public void EpochEnded(Model model, EpochReport report)
    {
        losses.Add(report.TrainLoss);
        progress.EpochEnded(epochCost, report);
    }
}

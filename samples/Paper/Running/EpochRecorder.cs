using System.Diagnostics;
using Fpe.Training;

namespace Samples.Paper.Running;

/// <summary>Keeps the course of a training run, and reports progress.</summary>
/// <param name="progress">Is told of every epoch.</param>
/// <param name="epochCost">Multiply-adds of an epoch.</param>
/// <param name="history">What was before: the warm-up that the run goes on from.</param>
internal sealed class EpochRecorder(IRunProgress progress, double epochCost, TrainingHistory history) : ITrainingObserver
{
    private readonly List<double> losses = [.. history.Losses];
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The course so far.</summary>
    public TrainingHistory History => new([.. losses], history.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);

    /// <inheritdoc/>
    public void EpochEnded(Model model, EpochReport report)
    {
        losses.Add(report.TrainLoss);
        progress.Advance(epochCost);
    }
}

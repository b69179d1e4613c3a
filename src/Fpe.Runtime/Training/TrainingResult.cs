namespace Fpe.Training;

/// <summary>What a training run brought.</summary>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Epochs">The epochs that were finished, in order; none from before <see cref="TrainingOptions.StartEpoch"/>.</param>
/// <param name="BestEpoch">Number of the epoch whose weights the model has, where early stopping chose one; otherwise null.</param>
public sealed record TrainingResult(StopReason StopReason, IReadOnlyList<EpochReport> Epochs, int? BestEpoch);

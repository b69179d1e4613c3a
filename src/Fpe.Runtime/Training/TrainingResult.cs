namespace Fpe.Training;

/// <summary>The result of a training run.</summary>
/// <param name="StopReason">The reason why it ended.</param>
/// <param name="Epochs">The finished epochs, in order, without those before <see cref="TrainingOptions.StartEpoch"/>.</param>
/// <param name="BestEpoch">The number of the epoch whose weights the model has, if early stopping chose one; otherwise, null.</param>
public sealed record TrainingResult(StopReason StopReason, IReadOnlyList<EpochReport> Epochs, int? BestEpoch);

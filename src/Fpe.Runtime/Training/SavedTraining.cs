using Fpe.Checkpoints;

namespace Fpe.Training;

/// <summary>A run as a checkpoint has it, checked against the run it is for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Progress">Where the run stands.</param>
/// <param name="Losses">Losses of the finished steps of the epoch under way.</param>
/// <param name="Moments">The optimizer's buffers of every parameter, over edges row by row or over elements.</param>
/// <param name="Best">The weights of the best epoch likewise; null where early stopping has none.</param>
/// <param name="Last">The weights to train on likewise, if they are not those of <paramref name="Model"/>; otherwise null.</param>
internal sealed record SavedTraining(
    LoadedModel Model, TrainingProgress Progress, double[] Losses, double[][][] Moments, double[][]? Best, double[][]? Last);

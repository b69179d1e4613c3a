using Fpe.Checkpoints;

namespace Fpe.Training;

/// <summary>The state of a run in a checkpoint, checked against the run to be resumed.</summary>
/// <param name="Model">The model.</param>
/// <param name="Progress">The progress of the run.</param>
/// <param name="Losses">The losses of the finished steps of the current epoch.</param>
/// <param name="Moments">The optimizer's buffers of each parameter, over edges row by row or over elements.</param>
/// <param name="Best">The weights of the best epoch, in the same order; null if early stopping has none.</param>
/// <param name="Last">The weights to continue from, in the same order, if they are not those of <paramref name="Model"/>; otherwise, null.</param>
internal sealed record SavedTraining(
    LoadedModel Model, TrainingProgress Progress, double[] Losses, double[][][] Moments, double[][]? Best, double[][]? Last);

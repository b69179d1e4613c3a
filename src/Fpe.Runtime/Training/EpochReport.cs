namespace Fpe.Training;

/// <summary>What one epoch brought.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="TrainLoss">Mean loss over the training samples, each with the weights of its step.</param>
/// <param name="TrainAccuracy">Right answers over the training samples, likewise, from 0 to 1; null where the loss knows no right answer.</param>
/// <param name="Validation">Loss and accuracy on the validation data after the epoch; null without validation data.</param>
/// <param name="LearningRate">Learning rate of the epoch's last step.</param>
/// <param name="IsExpanded">Whether the model was expanded during the epoch.</param>
/// <param name="HasFinalEdges">Whether the model ended the epoch with the edges that it has in the end; false while they are learned.</param>
public sealed record EpochReport(
    int Epoch, double TrainLoss, double? TrainAccuracy, Evaluation? Validation, double LearningRate, bool IsExpanded, bool HasFinalEdges = true);

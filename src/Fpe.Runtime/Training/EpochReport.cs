namespace Fpe.Training;

/// <summary>The results of an epoch.</summary>
/// <param name="Epoch">The one-based number of the epoch.</param>
/// <param name="TrainLoss">The mean loss over the training samples, each with the weights at its step.</param>
/// <param name="TrainAccuracy">The fraction of correct answers over the training samples, likewise, from 0 to 1; null if the loss does not
/// define correct answers.</param>
/// <param name="Validation">Loss and accuracy on the validation data after the epoch; null without validation data.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="IsExpanded">Whether the model was expanded during the epoch.</param>
/// <param name="HasFinalEdges">Whether the model had its final edges at the end of the epoch; false while they are learned.</param>
public sealed record EpochReport(
    int Epoch, double TrainLoss, double? TrainAccuracy, Evaluation? Validation, double LearningRate, bool IsExpanded, bool HasFinalEdges = true);

using System.Text.Json.Serialization;
using Fpe.Metrics;

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
/// <param name="Metrics">The metrics on the validation data after the epoch, those of <see cref="TrainingOptions.Metrics"/> and those that early
/// stopping or the schedule watch, NaN if outputs were not numbers; null if there are none.</param>
public sealed record EpochReport(
    int Epoch, double TrainLoss, double? TrainAccuracy, Evaluation? Validation, double LearningRate, bool IsExpanded, bool HasFinalEdges = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<Metric, double>? Metrics = null)
{
    /// <summary>Returns whether all results are the same.</summary>
    public bool Equals(EpochReport? other) => other is not null && WithoutMetrics.Equals(other.WithoutMetrics)
        && (Metrics?.Count ?? 0) == (other.Metrics?.Count ?? 0)
        && (Metrics is null || Metrics.All(metric => other.Metrics!.TryGetValue(metric.Key, out double value) && value.Equals(metric.Value)));

    /// <inheritdoc/>
    public override int GetHashCode() => WithoutMetrics.GetHashCode();

    private (int, double, double?, Evaluation?, double, bool, bool) WithoutMetrics =>
        (Epoch, TrainLoss, TrainAccuracy, Validation, LearningRate, IsExpanded, HasFinalEdges);
}

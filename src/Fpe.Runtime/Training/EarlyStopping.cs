using System.Globalization;
using System.Text;
using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>
/// Ends a run when the validation loss, or a metric, has not improved for some epochs, and restores the best weights. If there is a split,
/// only epochs after it count, because earlier weights do not fit the expanded model. If edges are learned, epochs count from the one in
/// which the edges become final, so that the best weights fit the edges. A value that is not finite does not count as an improvement.
/// </summary>
/// <param name="Patience">The number of epochs without improvement after which the run ends; at least 1.</param>
/// <param name="MinimumChange">The value must be better than the best by more than this to count as an improvement; at least 0.</param>
public sealed record EarlyStopping(int Patience, double MinimumChange = 0)
{
    /// <summary>
    /// Gets the metric to watch on the validation data, which is better if it is higher or lower, as <see cref="MetricRules.HigherIsBetter"/>
    /// says; null for the validation loss.
    /// </summary>
    public Metric? Metric { get; init; }

    internal void Validate()
    {
        TrainingOptionsException.Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        TrainingOptionsException.Require(double.IsFinite(MinimumChange) && MinimumChange >= 0, nameof(MinimumChange), MinimumChange, "at least 0");
        if (Metric is { } metric)
            TrainingOptionsException.RequireDefined(nameof(Metric), metric);
    }

    // Checkpoints compare this text; those of versions without metrics do not name one.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.CurrentCulture, $"{nameof(Patience)} = {Patience}, {nameof(MinimumChange)} = {MinimumChange}");
        if (Metric is { } metric)
            text.Append(CultureInfo.CurrentCulture, $", {nameof(Metric)} = {metric}");
        return true;
    }
}

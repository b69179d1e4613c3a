using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>The value of an epoch that decides whether it is better than others: a metric on the validation data, or the loss.</summary>
/// <param name="Metric">The metric; null for the validation loss, or the training loss if there is no validation data.</param>
internal readonly record struct WatchedValue(Metric? Metric)
{
    private bool HigherIsBetter => Metric?.HigherIsBetter() == true;

    /// <summary>A value that every finite one is better than.</summary>
    public double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Returns the value of an epoch; NaN if it was not measured.</summary>
    public double Of(EpochReport report) => Metric is { } metric
        ? report.Metrics?.GetValueOrDefault(metric, double.NaN) ?? double.NaN
        : report.Validation?.Loss ?? report.TrainLoss;

    /// <summary>Returns whether a value is finite and better than another by more than a difference.</summary>
    public bool IsBetter(double value, double than, double difference) =>
        double.IsFinite(value) && (HigherIsBetter ? value > than + difference : value < than - difference);
}

using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>
/// A learning rate that is multiplied by <see cref="Gamma"/> whenever the validation loss, or a metric, has not improved for some epochs, as
/// Keras' ReduceLROnPlateau; PyTorch's waits for one epoch more. If there is a split, only epochs after it count, and if edges are learned,
/// those with the final edges; until then the rate is full. Requires validation data.
/// </summary>
/// <param name="Gamma">The factor of each change; greater than 0 and less than 1.</param>
/// <param name="Patience">The number of epochs without improvement before a change; at least 1.</param>
public sealed record ReduceOnPlateauSchedule(double Gamma = 0.1, int Patience = 10) : LearningRateSchedule
{
    /// <summary>Gets the metric to watch on the validation data; null for the validation loss.</summary>
    public Metric? Metric { get; init; }

    /// <summary>Gets the difference by which a value must be better than the best to count as an improvement; at least 0.</summary>
    public double MinimumChange { get; init; } = 1e-4;

    /// <summary>Gets the number of epochs after a change that do not count towards the patience; at least 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>Gets the smallest factor of the learning rate; from 0 to 1.</summary>
    public double Floor { get; init; }

    /// <inheritdoc/>
    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs) => 1;

    /// <inheritdoc/>
    protected internal override double FactorAfter(IReadOnlyList<EpochReport> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var watched = new WatchedValue(Metric);
        (double factor, double best) = (1, watched.Worst);
        (int waited, int resting) = (0, 0);
        foreach (EpochReport report in epochs)
        {
            // Of a run that is resumed with this schedule: the metric was not measured yet.
            if (Metric is { } metric && report.Metrics?.ContainsKey(metric) != true)
                continue;
            if (resting > 0)
                (resting, waited) = (resting - 1, 0);
            double value = watched.Of(report);
            if (watched.IsBetter(value, best, MinimumChange))
                (best, waited) = (value, 0);
            else if (resting == 0 && ++waited >= Patience)
                (factor, waited, resting) = (Math.Max(Floor, factor * Gamma), 0, Cooldown);
        }

        return factor;
    }

    internal override bool IsMeasured => true;

    internal override Metric? WatchedMetric => Metric;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(Gamma is > 0 and < 1, nameof(Gamma), Gamma, "greater than 0 and less than 1");
        TrainingOptionsException.Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        TrainingOptionsException.Require(double.IsFinite(MinimumChange) && MinimumChange >= 0, nameof(MinimumChange), MinimumChange, "at least 0");
        TrainingOptionsException.Require(Cooldown >= 0, nameof(Cooldown), Cooldown, "at least 0");
        TrainingOptionsException.Require(Floor is >= 0 and <= 1, nameof(Floor), Floor, "from 0 to 1");
        if (Metric is { } metric)
            TrainingOptionsException.RequireDefined(nameof(Metric), metric);
    }
}

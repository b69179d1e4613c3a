using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>Determines how the learning rate changes during a run, as a factor of the optimizer's learning rate.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>
    /// Gets the number of steps over which the factor increases linearly to that of the schedule, as 1/n, 2/n … 1; 0 for none.
    /// </summary>
    public int WarmUpSteps { get; init; }

    /// <summary>Returns the factor of the learning rate.</summary>
    /// <param name="step">The zero-based number of the step in the run.</param>
    /// <param name="stepsPerEpoch">The number of steps per epoch.</param>
    /// <param name="epochs">The number of epochs of the run.</param>
    public double Factor(long step, int stepsPerEpoch, int epochs)
    {
        double warmUp = step < WarmUpSteps ? (step + 1.0) / WarmUpSteps : 1;
        return warmUp * FactorAfterWarmUp(step, stepsPerEpoch, epochs);
    }

    /// <summary>Returns the factor without warm-up; the arguments are those of <see cref="Factor"/>.</summary>
    protected abstract double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs);

    /// <summary>
    /// Returns a further factor of the learning rate, which follows from the results so far; 1 unless a schedule overrides it. It must depend
    /// on nothing else, so that a resumed run has the same rates.
    /// </summary>
    /// <param name="epochs">The finished epochs of the model in its current form: after the split, and with its final edges.</param>
    protected internal virtual double FactorAfter(IReadOnlyList<EpochReport> epochs) => 1;

    /// <summary>Whether the schedule needs validation data.</summary>
    internal virtual bool IsMeasured => false;

    /// <summary>The metric that the schedule watches; null for none.</summary>
    internal virtual Metric? WatchedMetric => null;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range.</exception>
    protected internal virtual void Validate() =>
        TrainingOptionsException.Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "at least 0");
}

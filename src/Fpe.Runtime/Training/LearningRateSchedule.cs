namespace Fpe.Training;

/// <summary>How the learning rate changes over a run, as a factor on the optimizer's.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>Steps over which the factor rises in equal parts to that of the schedule, as 1/n, 2/n … 1; 0 for none.</summary>
    public int WarmUpSteps { get; init; }

    /// <summary>The factor on the learning rate.</summary>
    /// <param name="step">Number of the step in the run, from 0.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    /// <param name="epochs">Epochs of the run.</param>
    public double Factor(long step, int stepsPerEpoch, int epochs)
    {
        double warmUp = step < WarmUpSteps ? (step + 1.0) / WarmUpSteps : 1;
        return warmUp * FactorAfterWarmUp(step, stepsPerEpoch, epochs);
    }

    /// <summary>The factor without warm-up; arguments as for <see cref="Factor"/>.</summary>
    protected abstract double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range.</exception>
    protected internal virtual void Validate() =>
        TrainingOptionsException.Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "at least 0");
}

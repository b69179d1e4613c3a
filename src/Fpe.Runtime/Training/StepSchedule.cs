namespace Fpe.Training;

/// <summary>A learning rate that is multiplied by <see cref="Gamma"/> every <see cref="EveryEpochs"/> epochs.</summary>
/// <param name="EveryEpochs">The number of epochs between changes; at least 1.</param>
/// <param name="Gamma">The factor of each change; greater than 0 and at most 1.</param>
public sealed record StepSchedule(int EveryEpochs, double Gamma = 0.1) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs) =>
        Math.Pow(Gamma, step / ((long)stepsPerEpoch * EveryEpochs));

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(EveryEpochs >= 1, nameof(EveryEpochs), EveryEpochs, "at least 1");
        TrainingOptionsException.Require(Gamma is > 0 and <= 1, nameof(Gamma), Gamma, "greater than 0 and at most 1");
    }
}

namespace Fpe.Training;

/// <summary>The learning rate is multiplied by <see cref="Gamma"/> every <see cref="EveryEpochs"/> epochs.</summary>
/// <param name="EveryEpochs">Epochs between two changes; at least 1.</param>
/// <param name="Gamma">Factor of a change; above 0, at most 1.</param>
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
        TrainingOptionsException.Require(Gamma is > 0 and <= 1, nameof(Gamma), Gamma, "above 0 and at most 1");
    }
}

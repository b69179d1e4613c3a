namespace Fpe.Training;

/// <summary>The learning rate stays as it is.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs) => 1;
}

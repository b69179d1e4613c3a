namespace Fpe.Training;

/// <summary>
/// A learning rate that rises along half a cosine from a fraction of its full value to that value, and then falls along another to nearly
/// zero at the end of the run (Smith and Topin, "Super-convergence", 2018; as PyTorch's OneCycleLR, without cycles of momentum).
/// </summary>
/// <param name="RisingFraction">The fraction of the run in which the rate rises; greater than 0 and less than 1.</param>
/// <param name="InitialFactor">The factor of the first step; greater than 0 and at most 1.</param>
/// <param name="FinalFactor">The factor of the last step; at least 0 and at most 1.</param>
public sealed record OneCycleSchedule(double RisingFraction = 0.3, double InitialFactor = 1 / 25.0, double FinalFactor = 1 / 250_000.0) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs)
    {
        double last = ((double)stepsPerEpoch * epochs) - 1;
        double peak = Math.Max(0, (RisingFraction * (last + 1)) - 1);
        return step < peak
            ? Between(InitialFactor, 1, step / peak)
            : Between(1, FinalFactor, last <= peak ? 1 : Math.Min(1, (step - peak) / (last - peak)));
    }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(RisingFraction is > 0 and < 1, nameof(RisingFraction), RisingFraction, "greater than 0 and less than 1");
        TrainingOptionsException.Require(InitialFactor is > 0 and <= 1, nameof(InitialFactor), InitialFactor, "greater than 0 and at most 1");
        TrainingOptionsException.Require(FinalFactor is >= 0 and <= 1, nameof(FinalFactor), FinalFactor, "from 0 to 1");
    }

    private static double Between(double from, double to, double progress) => to + ((from - to) * (1 + Math.Cos(Math.PI * progress)) / 2);
}

namespace Fpe.Training;

/// <summary>
/// A learning rate that decreases along half a cosine from its full value, after warm-up, to <see cref="Floor"/> at the end of the run
/// (Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5, without restarts). If a finished run is resumed with more epochs, the rate
/// increases from the floor to that of the longer run and decreases again.
/// </summary>
/// <param name="Floor">The factor at the end; from 0 to 1.</param>
public sealed record CosineSchedule(double Floor = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs)
    {
        long falling = ((long)stepsPerEpoch * epochs) - WarmUpSteps;
        double progress = falling <= 0 ? 1 : Math.Clamp((step - WarmUpSteps) / (double)falling, 0, 1);
        return Floor + ((1 - Floor) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        TrainingOptionsException.Require(Floor is >= 0 and <= 1, nameof(Floor), Floor, "from 0 to 1");
    }
}

using Fpe.Training;

namespace Fpe.Gpu.Tests;

/// <summary>A constant learning rate, and a device that is lost in the middle of a step: after its gradients, before its update.</summary>
internal sealed record LosingSchedule : LearningRateSchedule
{
    private readonly GpuDevice? lost;
    private readonly long lostAt;

    /// <param name="lost">The device; null if none is lost. Two schedules with different devices are the same to a checkpoint.</param>
    /// <param name="lostAt">The zero-based number of the step.</param>
    public LosingSchedule(GpuDevice? lost = null, long lostAt = 0) => (this.lost, this.lostAt) = (lost, lostAt);

    protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs)
    {
        if (lost is not null && step == lostAt)
            lost.Queue.Dispose();
        return 1;
    }
}

using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void A_constant_schedule_rises_and_stays()
    {
        var schedule = new ConstantSchedule { WarmUpSteps = 4 };
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], Factors(schedule, 6));
    }

    [Fact]
    public void A_step_schedule_falls_every_few_epochs()
    {
        // Two steps an epoch.
        Assert.Equal([1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01], Factors(new StepSchedule(EveryEpochs: 2, Gamma: 0.1), 9), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_cosine_schedule_falls_to_its_floor()
    {
        // Ten steps, of which two are warm-up: 1 at step 2, halfway between 1 and the floor at step 6, the floor after the last.
        double[] factors = Factors(new CosineSchedule(Floor: 0.2) { WarmUpSteps = 2 }, 11);
        Assert.Equal(0.5, factors[0], 1e-12);
        Assert.Equal(1, factors[2], 1e-12);
        Assert.Equal(0.6, factors[6], 1e-12);
        Assert.Equal(0.2, factors[10], 1e-12);
        Assert.Equal(factors[2..].OrderDescending(), factors[2..]);
    }

    /// <summary>Ten steps: with nine of warm-up one is left to fall, with more the rate is a part of the floor.</summary>
    [Fact]
    public void A_cosine_schedule_may_be_all_warm_up()
    {
        double[] nine = Factors(new CosineSchedule(Floor: 0.1) { WarmUpSteps = 9 }, 11);
        Assert.Equal(2 / 9.0, nine[1], 1e-12);
        Assert.Equal((1.0, 0.1), (nine[9], nine[10]));
        double[] ten = Factors(new CosineSchedule(Floor: 0.1) { WarmUpSteps = 10 }, 11);
        Assert.Equal(0.02, ten[1], 1e-12);
        Assert.Equal(0.1, ten[9], 1e-12);
        Assert.Equal(0.05, Factors(new CosineSchedule(Floor: 0.1) { WarmUpSteps = 20 }, 11)[9], 1e-12);
    }

    private static double[] Factors(LearningRateSchedule schedule, int steps) =>
        [.. Enumerable.Range(0, steps).Select(step => schedule.Factor(step, stepsPerEpoch: 2, epochs: 5))];
}

using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class LearningStepsTests
{
    [Theory]
    [InlineData(0, 0, 10, 60, 1)] // 100 steps, of which 50 are for some fifty changes
    [InlineData(20, 0, 28, 68, 1)] // the 80 after the expansion
    [InlineData(20, 40, 46, 76, 1)] // the 60 after the start
    public void Pruning_takes_place_within_the_run_after_the_expansion(int expandAfter, int startEpoch, long begin, long end, long every)
    {
        var options = new TrainingOptions { Epochs = 50, ExpandAfter = expandAfter / 2, StartEpoch = startEpoch / 2 };
        Assert.Equal(new LearningSteps(begin, end, every), LearningSteps.Of(GradualPruning.Default, options, stepsPerEpoch: 2));
    }

    [Fact]
    public void An_exchange_begins_at_once()
    {
        var options = new TrainingOptions { Epochs = 50, ExpandAfter = null };
        Assert.Equal(new LearningSteps(0, 1500, 50), LearningSteps.Of(new EdgeExchange(), options, stepsPerEpoch: 40));
        Assert.Equal(new LearningSteps(0, 1500, 7), LearningSteps.Of(new EdgeExchange { EverySteps = 7 }, options, stepsPerEpoch: 40));
    }

    [Fact]
    public void Pruning_has_some_fifty_changes() => Assert.Equal(
        new LearningSteps(200, 1200, 20), LearningSteps.Of(GradualPruning.Default, new TrainingOptions { Epochs = 50 }, stepsPerEpoch: 40));

    /// <summary>More steps than an Int32 counts.</summary>
    [Fact]
    public void A_run_may_be_long() => Assert.Equal(
        new LearningSteps(40_000_000_000, 52_000_000_000, 400_000_000),
        LearningSteps.Of(new EdgeExchange { End = 0.2 }, new TrainingOptions { Epochs = 100_000, StartEpoch = 40_000 }, stepsPerEpoch: 1_000_000));

    [Fact]
    public void Edges_change_every_few_steps_and_at_the_end()
    {
        var steps = new LearningSteps(Begin: 4, End: 12, Every: 3);
        Assert.Equal([7, 10, 12], Enumerable.Range(0, 20).Where(step => steps.IsChange(step)));
        Assert.Equal([0, 0, 0.125, 0.5, 1, 1], new long[] { 0, 4, 5, 8, 12, 13 }.Select(steps.Progress));
    }
}

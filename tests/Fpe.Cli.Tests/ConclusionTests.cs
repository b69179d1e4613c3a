using Fpe.Cli.Display;
using Fpe.Cli.Running;

namespace Fpe.Cli.Tests;

public class ConclusionTests
{
    [Fact]
    public void A_difference_whose_interval_excludes_zero_is_better_or_worse()
    {
        double?[] low = [80, 82, 81, 79];
        double?[] high = [90, 91, 92, 91];

        Assert.Equal(
            "The expanded model is better than its dense parent with 12 weights each: +10.5 points of test accuracy, 95 % interval +8.4 to +12.6, higher in 4 of 4 seeds.",
            Conclusion.Of(Outcomes.Of(low, high)));
        Assert.Equal(
            "The expanded model is worse than its dense parent with 12 weights each: −10.5 points of test accuracy, 95 % interval −12.6 to −8.4, higher in 0 of 4 seeds.",
            Conclusion.Of(Outcomes.Of(high, low)));
    }

    [Fact]
    public void A_difference_whose_interval_includes_zero_is_not_clear() => Assert.StartsWith(
        "The expanded model shows no clear difference from its dense parent with 12 weights each: +10.0 points",
        Conclusion.Of(Outcomes.Of([80, 80], [81, 99])),
        StringComparison.Ordinal);

    [Fact]
    public void An_interval_that_is_printed_as_touching_zero_is_not_clear() => Assert.Contains(
        "no clear difference",
        Conclusion.Of(Outcomes.Of([80, 80, 80, 80], [80.051, 80.052, 80.049, 80.048])),
        StringComparison.Ordinal);

    [Fact]
    public void Differences_without_spread_are_not_clear() => Assert.Contains(
        "no clear difference", Conclusion.Of(Outcomes.Of([50, 50], [75, 75])), StringComparison.Ordinal);

    [Fact]
    public void Only_seeds_in_which_both_finished_are_compared()
    {
        string conclusion = Conclusion.Of(Outcomes.Of([80, 82, 10, null], [90, 91, null, 10]));
        Assert.EndsWith("higher in 2 of 2 seeds.", conclusion, StringComparison.Ordinal);
        Assert.Contains("cannot be compared", Conclusion.Of(Outcomes.Of([null], [90])), StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_and_an_incomplete_study_allow_no_conclusion()
    {
        StudyOutcome one = Outcomes.Of([80], [90]);

        Assert.Equal(
            "With seed 0 the expanded model reaches 90.0 % and its dense parent 80.0 %, with 12 weights each; a single seed does not show the variation between seeds.",
            Conclusion.Of(one));
        Assert.Equal("The study is incomplete: 2 of 4 runs ended, so no conclusion is drawn.", Conclusion.Of(one with { Planned = 4 }));
    }
}

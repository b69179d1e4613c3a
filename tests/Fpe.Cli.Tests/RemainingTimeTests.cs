using Fpe.Cli.Display;

namespace Fpe.Cli.Tests;

public class RemainingTimeTests
{
    [Theory]
    [InlineData(1, 0.5, "")]
    [InlineData(60, 0, "")]
    [InlineData(60, double.NaN, "")]
    [InlineData(60, 0.75, "< 1 min left")]
    [InlineData(60, 0.25, "~3 min left")]
    [InlineData(3600, 0.25, "~3.0 h left")]
    public void The_rest_takes_as_long_as_the_share_that_is_done_says(double seconds, double share, string expected) =>
        Assert.Equal(expected, RemainingTime.Describe(TimeSpan.FromSeconds(seconds), share));
}

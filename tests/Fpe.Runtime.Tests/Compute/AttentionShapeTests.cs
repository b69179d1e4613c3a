using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class AttentionShapeTests
{
    [Fact]
    public void Counts_are_those_of_a_sample()
    {
        var shape = new AttentionShape(units: 12, places: 5, heads: 3);
        Assert.Equal((4, 180, 60, 75), (shape.HeadUnits, shape.InputCount, shape.OutputCount, shape.ProbabilityCount));
    }

    [Theory]
    [InlineData(0, 1, 1, "the number of units must be at least 1, but is 0")]
    [InlineData(1, 0, 1, "the number of places must be at least 1, but is 0")]
    [InlineData(4, 1, 0, "the number of heads must be at least 1, but is 0")]
    [InlineData(64, 8, 3, "3 heads cannot share 64 units equally")]
    [InlineData(1_000_000, 1_000, 1, "3 · 1000000 · 1000 queries, keys and values, but the maximum is 2147483647")]
    [InlineData(2, 46_341, 1, "1 · 46341 · 46341 probabilities, but the maximum is 2147483647")]
    public void Misfits_are_refused(int units, int places, int heads, string message)
    {
        var error = Assert.Throws<PlanException>(() => new AttentionShape(units, places, heads));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_counts_are_accepted() => Assert.Equal(46_340 * 46_340, new AttentionShape(2, 46_340, 1).ProbabilityCount);
}

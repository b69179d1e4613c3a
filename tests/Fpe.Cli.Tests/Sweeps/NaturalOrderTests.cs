using Fpe.Cli.Results;

namespace Fpe.Cli.Tests.Sweeps;

public class NaturalOrderTests
{
    [Theory]
    [InlineData("width=4", "width=16")]
    [InlineData("a", "b")]
    [InlineData("a", "a1")]
    [InlineData("seed=9", "seed=10")]
    [InlineData("seed=99999999999999999999", "seed=100000000000000000000")]
    [InlineData("x=1 y=2", "x=1 y=10")]
    [InlineData("x01", "x1")]
    [InlineData("x1", "x02")]
    [InlineData("", "a")]
    [InlineData("rate=0.001", "rate=0.01")]
    [InlineData("rate=0.25", "rate=0.5")]
    [InlineData("rate=0.25 y=10", "rate=0.251 y=2")]
    [InlineData("a=9.5 y=2", "a=10.25 y=1")]
    [InlineData("a=1.50 y=2", "a=1.5 y=10")]
    [InlineData("layer.2", "layer.10")]
    public void Numbers_are_compared_as_numbers(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
        Assert.Equal(0, NaturalOrder.Instance.Compare(first, first));
    }
}

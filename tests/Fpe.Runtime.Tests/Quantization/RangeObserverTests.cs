using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

public class RangeObserverTests
{
    [Fact]
    public void The_whole_range_is_from_the_smallest_to_the_largest()
    {
        var observer = new RangeObserver();
        observer.Observe([3, -2, 5]);
        observer.Observe([4, 0]);
        Assert.Equal((-2, 5), observer.RangeOf(100));
    }

    [Fact]
    public void A_percentile_leaves_out_half_of_the_rest_at_either_end()
    {
        float[] numbers = [.. Enumerable.Range(0, 10_001).Select(i => i / 10_000f), -100, 100];
        var observer = new RangeObserver();
        observer.Observe(numbers);
        observer.Count(numbers);
        (double smallest, double largest) = observer.RangeOf(99.9);
        // A bin is 200 / 4096 wide.
        Assert.InRange(smallest, -0.05, 0.01);
        Assert.InRange(largest, 0.99, 1.05);
    }

    [Fact]
    public void Equal_numbers_are_a_range_of_one()
    {
        var observer = new RangeObserver();
        observer.Observe([2, 2]);
        observer.Count([2, 2]);
        Assert.Equal((2, 2), observer.RangeOf(99));
    }
}

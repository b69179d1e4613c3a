using Fpe.Counting;

namespace Fpe.Runtime.Tests.Counting;

public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(28, 3, 1, 0, 26, 0)]
    [InlineData(28, 3, 1, 1, 28, 0)]
    [InlineData(28, 5, 2, 0, 12, 1)]
    [InlineData(28, 5, 3, 1, 9, 0)]
    [InlineData(29, 5, 3, 1, 9, 1)]
    [InlineData(10, 2, 5, 0, 2, 3)]
    [InlineData(5, 5, 2, 0, 1, 0)]
    [InlineData(5, 6, 2, 0, 0, 0)]
    [InlineData(5, 9, 2, 1, 0, 0)]
    [InlineData(5, 7, 2, 1, 1, 0)]
    [InlineData(1, 1, 1, int.MaxValue, 4_294_967_295, 0)]
    public void Places_and_what_they_leave_out(int size, int kernel, int stride, int padding, long places, long unreached)
    {
        Assert.Equal(places, SlidingWindow.Places(size, kernel, stride, padding));
        Assert.Equal(unreached, SlidingWindow.Unreached(size, kernel, stride, padding));
    }

    [Theory]
    [InlineData(28, 5, 3, 1)]
    [InlineData(30, 5, 3, 0)]
    [InlineData(31, 4, 7, 2)]
    [InlineData(17, 2, 4, 1)]
    public void They_are_those_of_a_window_that_is_moved(int size, int kernel, int stride, int padding)
    {
        int places = 0;
        int reached = 0;
        for (int start = -padding; start + kernel <= size + padding; start += stride)
        {
            places++;
            reached = Math.Min(size, start + kernel);
        }

        Assert.Equal(places, SlidingWindow.Places(size, kernel, stride, padding));
        Assert.Equal(size - reached, SlidingWindow.Unreached(size, kernel, stride, padding));
    }
}

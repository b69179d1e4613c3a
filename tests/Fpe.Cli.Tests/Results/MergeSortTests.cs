using Fpe.Cli.Results;

namespace Fpe.Cli.Tests.Results;

public class MergeSortTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4095, 1)]
    [InlineData(4096, 2)]
    [InlineData(4097, 3)]
    [InlineData(12_288, 3)]
    [InlineData(50_000, 7)]
    [InlineData(50_000, 50_000)]
    public void Items_are_in_order_whatever_the_threads_and_what_is_in_order_already(int count, int stretches)
    {
        int[] expected = [.. Enumerable.Range(0, count)];
        int[] items = [.. expected];
        new Random(count + stretches).Shuffle(items);
        // Stretches of various lengths that are in order.
        for (int stretch = 0, start = 0; stretch < stretches && stretches < count; stretch++)
        {
            int end = stretch == stretches - 1 ? count : start + ((count - start) / 3);
            items.AsSpan(start, end - start).Sort();
            start = end;
        }

        foreach (int threads in (int[])[1, 2, 5])
            Assert.Equal(expected, MergeSort.Sort([.. items], Comparer<int>.Default, threads));
        Assert.Equal(expected, MergeSort.Sort([.. items.Order()], Comparer<int>.Default, 2));
        Assert.Equal(expected, MergeSort.Sort([.. items.OrderDescending()], Comparer<int>.Default, 2));
    }
}

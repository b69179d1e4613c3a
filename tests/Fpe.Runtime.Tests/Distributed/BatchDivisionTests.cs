using Fpe.Distributed;

namespace Fpe.Runtime.Tests.Distributed;

public class BatchDivisionTests
{
    [Fact]
    public void Every_sample_is_in_one_chunk_and_chunks_are_as_large_as_the_others()
    {
        foreach (int fewest in new[] { 1, 2, 3 })
        {
            for (int chunks = 1; chunks <= 16; chunks *= 2)
            {
                var division = new BatchDivision(chunks, fewest);
                for (int samples = 1; samples <= 100; samples++)
                {
                    (int First, int Count)[] parts = [.. Enumerable.Range(0, chunks).Select(chunk => division.Of(samples, chunk))];
                    int next = 0;
                    foreach ((int first, int count) in parts)
                    {
                        Assert.Equal(next, first);
                        next += count;
                    }

                    Assert.Equal(samples, next);
                    int[] used = [.. parts.Select(part => part.Count).Where(count => count > 0)];
                    Assert.Equal(Math.Clamp(samples / fewest, 1, chunks), used.Length);
                    Assert.True(used.Max() - used.Min() <= 1, $"{samples} samples in {chunks} chunks: {string.Join(", ", used)}");
                    Assert.True(used.Min() >= Math.Min(fewest, samples), $"{samples} samples in {chunks} chunks: {string.Join(", ", used)}");
                    for (int batchSize = samples; batchSize <= 100; batchSize++)
                        Assert.True(used.Max() <= division.LargestOf(batchSize));
                }
            }
        }
    }

    /// <summary>A chunk is no larger than it has to be.</summary>
    [Theory]
    [InlineData(8, 1, 100, 13)]
    [InlineData(8, 2, 100, 13)]
    [InlineData(8, 2, 9, 3)]
    [InlineData(8, 1, 8, 1)]
    [InlineData(8, 2, 2, 2)]
    public void The_largest_chunk_is_known(int chunks, int fewest, int batchSize, int expected) =>
        Assert.Equal(expected, new BatchDivision(chunks, fewest).LargestOf(batchSize));
}

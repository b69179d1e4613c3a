namespace Fpe.Distributed;

/// <summary>How the samples of a batch are divided into chunks, whatever the number of ranks.</summary>
/// <param name="chunks">The number of chunks.</param>
/// <param name="fewest">
/// The fewest samples of a chunk that is not empty, if the batch has as many; at least 1. A batch of fewer than <paramref name="chunks"/> times as
/// many has empty chunks.
/// </param>
internal sealed class BatchDivision(int chunks, int fewest)
{
    /// <summary>Returns the largest number of samples of a chunk.</summary>
    /// <param name="batchSize">The largest number of samples of a batch.</param>
    public int LargestOf(int batchSize) => Math.Max(((batchSize - 1) / chunks) + 1, Math.Min(batchSize, (2 * fewest) - 1));

    /// <summary>Returns the samples of a chunk, which follow those of the chunk before it.</summary>
    /// <param name="samples">The number of samples of the batch; at least 1.</param>
    /// <param name="chunk">The chunk.</param>
    public (int First, int Count) Of(int samples, int chunk)
    {
        int parts = Math.Clamp(samples / fewest, 1, chunks);
        int first = Start(samples, parts, chunk);
        return (first, Start(samples, parts, chunk + 1) - first);
    }

    private int Start(int samples, int parts, int chunk)
    {
        long part = (long)parts * chunk / chunks;
        return (int)(samples * part / parts);
    }
}

using Fpe.Compute;

namespace Fpe;

/// <summary>Chunks of a batch whose gradients a layer computes together, once it has the last one.</summary>
/// <param name="count">Their number; a power of two.</param>
internal sealed class EdgeChunks(int count)
{
    private readonly EdgeChunk[] chunks = new EdgeChunk[count];
    private int next;

    /// <summary>The chunks, in their order.</summary>
    public ReadOnlySpan<EdgeChunk> All => chunks;

    /// <summary>Adds the next chunk.</summary>
    /// <returns>Whether it is the last one.</returns>
    public bool Add(in EdgeChunk chunk)
    {
        chunks[next++] = chunk;
        if (next < chunks.Length)
            return false;
        next = 0;
        return true;
    }
}

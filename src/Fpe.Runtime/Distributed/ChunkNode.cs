namespace Fpe.Distributed;

/// <summary>A node of the tree over the chunks of a batch: <see cref="Count"/> chunks, a power of two, from a multiple of it on.</summary>
/// <param name="First">The first chunk.</param>
/// <param name="Count">The number of chunks.</param>
internal readonly record struct ChunkNode(int First, int Count)
{
    /// <summary>Returns the node over two siblings.</summary>
    public ChunkNode Parent => new(First & ~Count, 2 * Count);

    /// <summary>Returns whether this node and the next one are the children of one node.</summary>
    public bool IsLeftOf(ChunkNode next) => Count == next.Count && (First & Count) == 0 && next.First == First + Count;
}

using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>Which chunks of a rank a layer computes together.</summary>
internal sealed class LayerChunks
{
    private readonly Linear layer;
    private readonly int first;
    private readonly EdgeChunks?[] ofChunk;

    /// <summary>Plans for a rank.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="tree">The tree over chunks.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="atOnce">The most chunks that the layer computes together; a power of two.</param>
    public LayerChunks(Linear layer, ChunkTree tree, int rank, int atOnce)
    {
        this.layer = layer;
        (first, int end) = tree.RangeOf(rank);
        ofChunk = new EdgeChunks?[end - first];
        foreach (ChunkNode leaf in tree.LeavesOf(rank, atOnce))
            Array.Fill(ofChunk, leaf.Count > 1 ? new EdgeChunks(leaf.Count) : null, leaf.First - first, leaf.Count);
    }

    /// <summary>Lets the layer know which chunk the next pass is.</summary>
    public void Begin(int chunk) => layer.Chunks = ofChunk[chunk - first];

    /// <summary>Lets the layer compute gradients of whole batches again.</summary>
    public void End() => layer.Chunks = null;
}

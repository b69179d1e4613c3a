using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>
/// Sums what the chunks of one rank leave in buffers, chunk after chunk, into the nodes of the rank. What a chunk completes is added to what it
/// has written, in one pass over memory, so that the sum of a rank with a power of two of chunks ends in the buffer of its last chunk.
/// </summary>
internal sealed class ChunkSums : IDisposable
{
    private readonly IKernels kernels;
    private readonly int first;
    private readonly DeviceBuffer[] targets;
    private readonly DeviceBuffer[][] terms;
    private readonly DeviceBuffer[] allocated;

    /// <summary>Plans the sums.</summary>
    /// <param name="last">What the last chunk writes.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="atOnce">
    /// A power of two: whoever writes the buffers sums up to as many chunks itself, those of a node, and the last of them writes the sum
    /// (<see cref="ChunkTree.LeavesOf"/>).
    /// </param>
    public ChunkSums(DeviceBuffer last, ChunkTree tree, int rank, int atOnce = 1)
    {
        kernels = last.Device.Kernels;
        (first, int end) = tree.RangeOf(rank);
        var nodes = new List<ChunkNode>();
        var places = new List<int>();
        var free = new Stack<int>();
        int used = 0;
        int[] placeOfChunk = new int[end - first];
        int[][] added = new int[end - first][];
        Array.Fill(added, []);
        foreach (ChunkNode leaf in tree.LeavesOf(rank, atOnce))
        {
            int place = free.Count > 0 ? free.Pop() : used++;
            var own = new List<int>();
            places.Add(place);
            ChunkTree.Push(nodes, leaf, (left, _) =>
            {
                own.Add(places[left]);
                free.Push(places[left]);
                places.RemoveAt(left);
            });
            Array.Fill(placeOfChunk, place, leaf.First - first, leaf.Count);
            added[leaf.First + leaf.Count - 1 - first] = [.. own];
        }

        allocated = [.. Enumerable.Range(1, used - 1).Select(_ => last.Device.Allocate(last.Length))];
        var buffers = new DeviceBuffer[used];
        for (int place = 0, next = 0; place < used; place++)
            buffers[place] = place == placeOfChunk[^1] ? last : allocated[next++];
        targets = Array.ConvertAll(placeOfChunk, place => buffers[place]);
        terms = Array.ConvertAll(added, own => Array.ConvertAll(own, place => buffers[place]));
        Nodes = [.. places.Select(place => buffers[place])];
    }

    /// <summary>The sums of the nodes of the rank, after its last chunk; the last of them is in the buffer of the last chunk.</summary>
    public IReadOnlyList<DeviceBuffer> Nodes { get; }

    /// <summary>Returns the buffer that a chunk of the rank has to write.</summary>
    public DeviceBuffer TargetOf(int chunk) => targets[chunk - first];

    /// <summary>Adds a chunk of the rank, which has written its buffer; they come in their order.</summary>
    public void Add(int chunk)
    {
        if (terms[chunk - first] is { Length: > 0 } own)
            kernels.AddAll(own, targets[chunk - first]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeviceBuffer buffer in allocated)
            buffer.Dispose();
    }
}

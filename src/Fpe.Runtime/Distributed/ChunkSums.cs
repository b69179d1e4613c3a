using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>Sums what the chunks of one rank leave in buffers, chunk after chunk, into the nodes of the rank.</summary>
internal sealed class ChunkSums : IDisposable
{
    private readonly IKernels kernels;
    private readonly int first;
    private readonly DeviceBuffer[] targets;
    private readonly (DeviceBuffer From, DeviceBuffer To)[][] joins;
    private readonly List<DeviceBuffer> allocated = [];

    /// <summary>Plans the sums.</summary>
    /// <param name="last">What the last chunk writes, and others that are added at once; afterwards it may be the last node.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="rank">The rank.</param>
    public ChunkSums(DeviceBuffer last, ChunkTree tree, int rank)
    {
        kernels = last.Device.Kernels;
        (first, int end) = tree.RangeOf(rank);
        (targets, joins) = (new DeviceBuffer[end - first], new (DeviceBuffer, DeviceBuffer)[end - first][]);
        var nodes = new List<ChunkNode>();
        var buffers = new List<DeviceBuffer>();
        var free = new Stack<DeviceBuffer>();
        for (int chunk = first; chunk < end; chunk++)
        {
            var node = new ChunkNode(chunk, 1);
            bool isAddedAtOnce = nodes.Count > 0 && nodes[^1].IsLeftOf(node);
            buffers.Add(isAddedAtOnce || chunk == end - 1 ? last : free.Count > 0 ? free.Pop() : Allocate(last));
            targets[chunk - first] = buffers[^1];
            var own = new List<(DeviceBuffer, DeviceBuffer)>();
            ChunkTree.Push(nodes, node, (left, right) =>
            {
                own.Add((buffers[right], buffers[left]));
                if (!ReferenceEquals(buffers[right], last))
                    free.Push(buffers[right]);
                buffers.RemoveAt(right);
            });
            joins[chunk - first] = [.. own];
        }

        Nodes = buffers;
    }

    /// <summary>The sums of the nodes of the rank, after its last chunk.</summary>
    public IReadOnlyList<DeviceBuffer> Nodes { get; }

    /// <summary>Returns the buffer that a chunk of the rank has to write.</summary>
    public DeviceBuffer TargetOf(int chunk) => targets[chunk - first];

    /// <summary>Adds a chunk of the rank, which has written its buffer; they come in their order.</summary>
    public void Add(int chunk)
    {
        foreach ((DeviceBuffer from, DeviceBuffer to) in joins[chunk - first])
            kernels.AddScaled(from, 1, to);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeviceBuffer buffer in allocated)
            buffer.Dispose();
    }

    private DeviceBuffer Allocate(DeviceBuffer last)
    {
        allocated.Add(last.Device.Allocate(last.Length));
        return allocated[^1];
    }
}

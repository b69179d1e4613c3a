using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>Sums what the chunks of one rank leave in a buffer, chunk after chunk, into the nodes of the rank.</summary>
internal sealed class ChunkSums : IDisposable
{
    private readonly IKernels kernels;
    private readonly int first;
    private readonly (DeviceBuffer From, DeviceBuffer To, bool Adds)[][] steps;
    private readonly List<DeviceBuffer> allocated = [];

    /// <summary>Plans the sums.</summary>
    /// <param name="source">What each chunk writes; after the last one it may still be the last node.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="rank">The rank.</param>
    public ChunkSums(DeviceBuffer source, ChunkTree tree, int rank)
    {
        kernels = source.Device.Kernels;
        (first, int end) = tree.RangeOf(rank);
        steps = new (DeviceBuffer, DeviceBuffer, bool)[end - first][];
        var nodes = new List<ChunkNode>();
        var buffers = new List<DeviceBuffer>();
        var free = new Stack<DeviceBuffer>();
        for (int chunk = first; chunk < end; chunk++)
        {
            var own = new List<(DeviceBuffer, DeviceBuffer, bool)>();
            buffers.Add(source);
            ChunkTree.Push(nodes, new ChunkNode(chunk, 1), (left, right) =>
            {
                own.Add((buffers[right], buffers[left], true));
                if (buffers[right] != source)
                    free.Push(buffers[right]);
                buffers.RemoveAt(right);
            });
            if (buffers[^1] == source && chunk < end - 1)
            {
                DeviceBuffer copy = free.Count > 0 ? free.Pop() : Allocate(source);
                own.Add((source, copy, false));
                buffers[^1] = copy;
            }

            steps[chunk - first] = [.. own];
        }

        Nodes = buffers;
    }

    /// <summary>The sums of the nodes of the rank, after its last chunk.</summary>
    public IReadOnlyList<DeviceBuffer> Nodes { get; }

    /// <summary>Adds a chunk of the rank; they come in their order.</summary>
    public void Add(int chunk)
    {
        foreach ((DeviceBuffer from, DeviceBuffer to, bool adds) in steps[chunk - first])
        {
            if (adds)
                kernels.AddScaled(from, 1, to);
            else
                kernels.Copy(from, to);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeviceBuffer buffer in allocated)
            buffer.Dispose();
    }

    private DeviceBuffer Allocate(DeviceBuffer source)
    {
        allocated.Add(source.Device.Allocate(source.Length));
        return allocated[^1];
    }
}

using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>
/// The gaps in the segments of a buffer over edges: elements that belong to no edge, such as the holes of a layout. Only weights that exist are
/// sent. For that, the last values of a segment move into the gaps before them, and where they arrive back; few values move if there are few gaps.
/// </summary>
internal sealed class EdgeGaps : IDisposable
{
    private readonly DeviceEdges edges;
    private readonly IKernels kernels;
    private readonly (IndexBuffer Gaps, IndexBuffer Last)?[] moves;

    /// <summary>Finds them.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="ranks">The number of ranks.</param>
    public EdgeGaps(DeviceEdges edges, int ranks)
    {
        this.edges = edges;
        kernels = edges.Device.Kernels;
        bool[] isEdge = edges.FindEdges();
        moves = new (IndexBuffer Gaps, IndexBuffer Last)?[ranks];
        Segment[] segments = Distributed.Segments.Of(isEdge.Length, ranks);
        for (int rank = 0; rank < ranks; rank++)
        {
            (int start, int length) = segments[rank];
            int count = isEdge.AsSpan(start, length).Count(true);
            int[] gaps = [.. Enumerable.Range(0, count).Where(i => !isEdge[start + i])];
            int[] last = [.. Enumerable.Range(count, length - count).Where(i => isEdge[start + i])];
            segments[rank] = new Segment(start, count);
            if (gaps.Length > 0)
                moves[rank] = (IndicesOf(edges.Device, gaps), IndicesOf(edges.Device, last));
        }

        Segments = segments;
    }

    /// <summary>What is sent of the segment of each rank, while its gaps are closed.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Moves the last values of a segment into its gaps.</summary>
    /// <param name="rank">The rank whose segment it is.</param>
    /// <param name="segment">All elements of the segment.</param>
    public void Close(int rank, DeviceBuffer segment)
    {
        if (moves[rank] is (IndexBuffer gaps, IndexBuffer last))
            kernels.MoveValues(last, gaps, segment);
    }

    /// <summary>Moves the values back; gaps are 0.</summary>
    /// <inheritdoc cref="Close"/>
    public void Open(int rank, DeviceBuffer segment)
    {
        if (moves[rank] is (IndexBuffer gaps, IndexBuffer last))
            kernels.MoveValues(gaps, last, segment);
    }

    /// <summary>Sets what is in gaps of a whole buffer to 0, and leaves all other elements; it takes long.</summary>
    public void Clear(DeviceBuffer values)
    {
        var slots = new double[edges.Layout.SlotCount];
        edges.Read(values, slots);
        edges.Write(slots, values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((IndexBuffer Gaps, IndexBuffer Last)? own in moves)
        {
            own?.Gaps.Dispose();
            own?.Last.Dispose();
        }
    }

    private static IndexBuffer IndicesOf(Device device, int[] places)
    {
        IndexBuffer buffer = device.AllocateIndices(places.Length);
        buffer.Write(places);
        return buffer;
    }
}

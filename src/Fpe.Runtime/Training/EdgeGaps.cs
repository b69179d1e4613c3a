using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// The gaps in a buffer over edges: elements that belong to no edge, such as the holes of a layout. Only weights that exist are sent. For that, the last values of each rank's
/// segment move into the gaps before them, and afterwards back; few values move if there are few gaps.
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
            int[] gaps = [.. Enumerable.Range(start, count).Where(i => !isEdge[i])];
            int[] last = [.. Enumerable.Range(start + count, length - count).Where(i => isEdge[i])];
            segments[rank] = new Segment(start, count);
            if (gaps.Length > 0)
                moves[rank] = (IndicesOf(edges.Device, gaps), IndicesOf(edges.Device, last));
        }

        Segments = segments;
    }

    /// <summary>What is sent of the segment of each rank, while its gaps are closed.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Returns whether a parameter has gaps.</summary>
    public static bool Exist(Parameter parameter) => parameter.Count < parameter.Value.Length;

    /// <summary>Moves the last values of a rank's segment into its gaps.</summary>
    public void Close(int rank, DeviceBuffer values)
    {
        if (moves[rank] is (IndexBuffer gaps, IndexBuffer last))
            kernels.MoveValues(last, gaps, values);
    }

    /// <summary>Moves the values back; gaps are 0.</summary>
    public void Open(int rank, DeviceBuffer values)
    {
        if (moves[rank] is (IndexBuffer gaps, IndexBuffer last))
            kernels.MoveValues(gaps, last, values);
    }

    /// <summary>Sets what is in gaps to 0, and leaves all other elements; it takes long.</summary>
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

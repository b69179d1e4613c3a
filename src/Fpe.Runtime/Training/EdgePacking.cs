using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// A buffer over edges, and the same without the elements that belong to no edge: only weights that exist are sent. The segments of both hold the
/// same edges, so each rank can add gradients that are packed and update weights where they are.
/// </summary>
internal sealed class EdgePacking
{
    private readonly DeviceEdges edges;
    private readonly Segment[] stored;

    /// <summary>Plans for some ranks.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="ranks">The number of ranks.</param>
    public EdgePacking(DeviceEdges edges, int ranks)
    {
        this.edges = edges;
        stored = Distributed.Segments.Of(edges.StorageLength, ranks);
        var segments = new Segment[ranks];
        for (int rank = 0; rank < ranks; rank++)
        {
            segments[rank] = new Segment(Length, edges.Mask.Count(stored[rank].Offset, stored[rank].Count));
            Length += Distributed.Segments.Align(segments[rank].Count);
        }

        Segments = segments;
    }

    /// <summary>The length of a packed buffer: segments start where slices can.</summary>
    public int Length { get; }

    /// <summary>The segment of each rank in a packed buffer.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Returns whether only a part of a parameter's elements belongs to edges.</summary>
    public static bool IsNeededFor(Parameter parameter) => parameter.Count < parameter.Value.Length;

    /// <summary>Packs the segment of a rank.</summary>
    public void Pack(int rank, DeviceBuffer values, DeviceBuffer packed) =>
        edges.Device.Kernels.PackEdges(edges, stored[rank].Offset, stored[rank].Count, values, packed, Segments[rank].Offset);

    /// <summary>Unpacks the segment of a rank.</summary>
    public void Unpack(int rank, DeviceBuffer packed, DeviceBuffer values) =>
        edges.Device.Kernels.UnpackEdges(edges, stored[rank].Offset, stored[rank].Count, packed, Segments[rank].Offset, values);
}

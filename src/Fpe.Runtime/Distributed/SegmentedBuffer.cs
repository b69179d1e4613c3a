using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>A buffer that is divided among ranks.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Segments">What is sent of the segment of each rank.</param>
internal sealed record SegmentedBuffer(DeviceBuffer Buffer, IReadOnlyList<Segment> Segments)
{
    /// <summary>Divides a buffer evenly.</summary>
    public SegmentedBuffer(DeviceBuffer buffer, int ranks)
        : this(buffer, Distributed.Segments.Of(buffer.Length, ranks))
    {
    }

    /// <summary>Returns the whole segment of a rank.</summary>
    public DeviceBuffer SliceOf(int rank) => SliceOf(Buffer, rank);

    /// <summary>Returns the whole segment of a rank in another buffer of the same length.</summary>
    public DeviceBuffer SliceOf(DeviceBuffer other, int rank)
    {
        (int offset, int count) = Distributed.Segments.Of(other.Length, Segments.Count)[rank];
        return other.Slice(offset, count);
    }
}

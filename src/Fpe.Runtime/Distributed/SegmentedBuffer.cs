using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>A buffer that is divided among ranks.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Segments">The segment of each rank. Elements between segments are not sent.</param>
internal sealed record SegmentedBuffer(DeviceBuffer Buffer, IReadOnlyList<Segment> Segments)
{
    /// <summary>Divides a buffer evenly.</summary>
    public SegmentedBuffer(DeviceBuffer buffer, int ranks)
        : this(buffer, Distributed.Segments.Of(buffer.Length, ranks))
    {
    }

    /// <summary>Returns the segment of a rank as a buffer, with what follows until the next one can start.</summary>
    public DeviceBuffer SliceOf(int rank) => SliceOf(Buffer, rank);

    /// <summary>Returns the segment of a rank of another buffer of the same length.</summary>
    public DeviceBuffer SliceOf(DeviceBuffer other, int rank)
    {
        (int offset, int count) = Segments[rank];
        return other.Slice(offset, Math.Min(Distributed.Segments.Align(count), other.Length - offset));
    }
}

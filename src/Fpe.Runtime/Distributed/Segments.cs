using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>How the elements of a buffer are divided among ranks, so that each adds a part.</summary>
internal static class Segments
{
    /// <summary>Returns the segment of each rank.</summary>
    /// <param name="length">The length of the buffer.</param>
    /// <param name="ranks">The number of ranks.</param>
    public static Segment[] Of(int length, int ranks)
    {
        var segments = new Segment[ranks];
        for (int rank = 0; rank < ranks; rank++)
        {
            int start = Start(length, rank, ranks);
            segments[rank] = new Segment(start, Start(length, rank + 1, ranks) - start);
        }

        return segments;
    }

    /// <summary>Prepares what a rank sends and receives so that all ranks have all segments of some buffers.</summary>
    public static Transfer PrepareGather(ProcessGroup group, params IReadOnlyList<SegmentedBuffer> buffers)
    {
        var sends = new List<TransferPart>();
        var receives = new List<TransferPart>();
        foreach ((DeviceBuffer buffer, IReadOnlyList<Segment> segments) in buffers)
        {
            (int offset, int count) = segments[group.Rank];
            for (int peer = 0; peer < group.Size; peer++)
            {
                (int start, int length) = segments[peer];
                if (peer != group.Rank && count > 0)
                    sends.Add(new TransferPart(peer, buffer, offset, count));
                if (peer != group.Rank && length > 0)
                    receives.Add(new TransferPart(peer, buffer, start, length));
            }
        }

        return group.Prepare(sends, receives);
    }

    private static int Start(int length, int rank, int ranks)
    {
        if (rank == ranks)
            return length;
        long even = (long)length * rank / ranks;
        return (int)(even / DeviceBuffer.SliceAlignment * DeviceBuffer.SliceAlignment);
    }
}

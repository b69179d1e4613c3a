using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Distributed;
using Fpe.Runtime.Tests.Compute;

namespace Fpe.Runtime.Tests.Distributed;

public class EdgeGapsTests
{
    private static readonly (int Outputs, int Inputs)[] Sizes = [(1, 1), (3, 5), (40, 33), (70, 130), (33, 600)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Closed_segments_begin_with_all_their_edges_and_open_again(int ranks)
    {
        foreach (EdgeLayout layout in Sizes.SelectMany(size => Layouts.All(size.Outputs, size.Inputs)))
        {
            using var bench = new Workbench(new CpuDevice(1));
            Check(bench, bench.Edges(layout), ranks);
            Check(bench, bench.Filters(layout), ranks);
        }
    }

    private static void Check(Workbench bench, DeviceEdges edges, int ranks)
    {
        // Gaps are 0, and no weight is.
        var slots = new double[edges.Layout.SlotCount];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = i + 1;
        DeviceBuffer values = bench.Output(edges);
        edges.Write(slots, values);
        double[] before = Workbench.Read(values);
        using var gaps = new EdgeGaps(edges, ranks);
        var divided = new SegmentedBuffer(values, gaps.Segments);
        for (int rank = 0; rank < ranks; rank++)
            gaps.Close(rank, divided.SliceOf(rank));
        double[] closed = Workbench.Read(values);
        Segment[] whole = Segments.Of(edges.StorageLength, ranks);
        for (int rank = 0; rank < ranks; rank++)
        {
            (int offset, int count) = gaps.Segments[rank];
            Assert.Equal(whole[rank].Offset, offset);
            Assert.DoesNotContain(0, closed[offset..(offset + count)]);
            Assert.All(closed[(offset + count)..(whole[rank].Offset + whole[rank].Count)], value => Assert.Equal(0, value));
            Assert.Equal(before[offset..(offset + whole[rank].Count)].Where(value => value != 0).Order(), closed[offset..(offset + count)].Order());
        }

        Assert.Equal(edges.Layout.EdgeCount, gaps.Segments.Sum(segment => segment.Count));
        for (int rank = 0; rank < ranks; rank++)
            gaps.Open(rank, divided.SliceOf(rank));
        Assert.Equal(before, Workbench.Read(values));
    }
}

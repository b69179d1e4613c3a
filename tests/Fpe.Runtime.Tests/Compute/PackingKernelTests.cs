using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Devices store edges in orders of their own, so each is compared with what it stores.</summary>
public class PackingKernelTests
{
    private const float Untouched = -7;

    private static readonly (int Outputs, int Inputs)[] Sizes = [(1, 1), (3, 5), (16, 8), (40, 33), (70, 130), (33, 600)];

    [Fact]
    public void Ranges_are_packed_and_unpacked()
    {
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            foreach (EdgeLayout layout in Sizes.SelectMany(size => Layouts.All(size.Outputs, size.Inputs)))
            {
                using var bench = new Workbench(device);
                Check(bench, bench.Edges(layout));
                Check(bench, bench.Filters(layout));
            }
        }
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 0)]
    [InlineData(7, 1)]
    [InlineData(100, 2)]
    [InlineData(40_000, 20)]
    public void Sums_agree(int length, int count) => Agreement.Check($"{count} terms of {length} elements", 1, bench =>
    {
        DeviceBuffer y = bench.Buffer(bench.Values(length));
        bench.Kernels.AddAll([.. Enumerable.Range(0, count).Select(_ => bench.Buffer(bench.Values(length)))], y);
        return Workbench.Read(y);
    }, hasBodies: true);

    private static void Check(Workbench bench, DeviceEdges edges)
    {
        int length = edges.StorageLength;
        DeviceBuffer marks = bench.Output(edges), weights = bench.Weights(edges);
        edges.Write([.. Enumerable.Repeat(1.0, edges.Layout.SlotCount)], marks);
        double[] isEdge = Workbench.Read(marks), values = Workbench.Read(weights);
        int start = 0;
        foreach (int end in Enumerable.Range(0, (length / 64) + 1).Select(word => 64 * word).Where(word => word % 192 == 0 || word > 320).Append(length).Distinct())
        {
            double[] expected = [.. Enumerable.Range(start, end - start).Where(i => isEdge[i] != 0).Select(i => values[i])];
            double[] around = [.. Enumerable.Repeat((double)Untouched, 3)];
            DeviceBuffer packed = bench.Buffer([.. Enumerable.Repeat(Untouched, expected.Length + 6)]);
            bench.Kernels.PackEdges(edges, start, end - start, weights, packed, 3);
            Assert.Equal([.. around, .. expected, .. around], Workbench.Read(packed));

            DeviceBuffer back = bench.Buffer([.. Enumerable.Repeat(Untouched, length)]);
            bench.Kernels.UnpackEdges(edges, start, end - start, packed, 3, back);
            Assert.Equal(Enumerable.Range(0, length).Select(i => i < start || i >= end ? Untouched : values[i]), Workbench.Read(back));
            start = end;
        }
    }
}

using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class MoveKernelTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(40, 20)]
    [InlineData(40_000, 7)]
    [InlineData(40_000, 9_000)]
    public void Moves_agree(int length, int count) => Agreement.Check($"{count} moves in {length} elements", 1, bench =>
    {
        DeviceBuffer values = bench.Buffer(bench.Values(length));
        int[] places = Places(length);
        bench.Kernels.MoveValues(bench.Indices(places[..count]), bench.Indices(places[^count..]), values);
        return Workbench.Read(values);
    }, hasBodies: true);

    [Fact]
    public void Values_move_and_leave_zeros()
    {
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            using var bench = new Workbench(device);
            DeviceBuffer values = bench.Buffer([1, 2, 3, float.NaN, 5]);
            bench.Kernels.MoveValues(bench.Indices([4, 3]), bench.Indices([0, 2]), values);
            Assert.Equal([5, 2, double.NaN, 0, 0], Workbench.Read(values));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void An_element_that_does_not_exist_is_refused(int place)
    {
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            using var bench = new Workbench(device);
            DeviceBuffer values = bench.Buffer([1, 2, 3, 4, 5]);
            foreach ((int[] from, int[] to) in (ReadOnlySpan<(int[], int[])>)[([0, place], [1, 2]), ([1, 2], [0, place])])
            {
                var error = Assert.Throws<ArgumentException>(() => bench.Kernels.MoveValues(bench.Indices(from), bench.Indices(to), values));
                Assert.StartsWith($"Place 1 is element {place} of the buffer, outside 0 to 4.", error.Message, StringComparison.Ordinal);
                Assert.Equal(from[1] == place ? "from" : "to", error.ParamName);
                Assert.Equal([1, 2, 3, 4, 5], Workbench.Read(values));
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

    private static int[] Places(int length)
    {
        int[] places = [.. Enumerable.Range(0, length)];
        new Random(1).Shuffle(places);
        return places;
    }
}

using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class GatherKernelTests
{
    [Fact]
    public void Gathering_agrees_with_the_reference()
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches)
            {
                foreach (int capacity in Sizes.Capacities(batch))
                {
                    Agreement.Check($"{features} features, batch {batch} of {capacity}", capacity, bench =>
                    {
                        const int Rows = 23;
                        DeviceBuffer rows = bench.Buffer(bench.Values(Rows * features));
                        IndexBuffer order = bench.Indices(bench.Labels(batch + 3, Rows));
                        IndexBuffer values = bench.Indices(bench.Labels(Rows, 1000)), y = bench.Indices(new int[batch]);
                        Activations x = bench.Output(features);
                        bench.Kernels.GatherRows(rows, order, 3, x, batch);
                        bench.Kernels.GatherIndices(values, order, 3, y, batch);
                        var gathered = new int[batch];
                        y.Read(gathered);
                        return [.. Workbench.Read(x, batch), .. gathered.Select(value => (double)value)];
                    });
                }
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_row_that_does_not_exist_is_refused(int row)
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 2);
            DeviceBuffer rows = bench.Buffer(new float[4 * 3]);
            IndexBuffer order = bench.Indices([0, row]), values = bench.Indices(new int[4]), y = bench.Indices(new int[2]);
            var error = Assert.Throws<ArgumentException>(() => bench.Kernels.GatherRows(rows, order, 0, bench.Output(3), 2));
            Assert.Contains($"row {row}, outside 0 to 3", error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => bench.Kernels.GatherIndices(values, order, 0, y, 2));
        }
    }
}

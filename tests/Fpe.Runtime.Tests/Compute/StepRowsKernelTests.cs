using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class StepRowsKernelTests
{
    private static readonly AdamConstants Adam = new(0.01, 0.9, 0.99, 1e-6, 0.1, Decoupled: true, Step: 3);

    private static readonly SgdConstants Sgd = new(0.1, 0.9, Nesterov: true, WeightDecay: 0.01);

    /// <summary>Rows that are listed change as if they were all; the others keep their bits.</summary>
    [Fact]
    public void A_step_of_rows_is_a_step_of_these_rows_only()
    {
        foreach (Device device in TestedDevices.Single)
        {
            foreach (int width in (int[])[1, 3, 7, 8, 9, 16, 33, 64])
            {
                using var bench = new Workbench(device);
                int[] rows = [4, 0, 9, -1, 3];
                float[] weights = bench.Values(10 * width), first = bench.Values(10 * width), gradient = bench.Values(5 * width);
                float[] second = [.. bench.Values(10 * width).Select(Math.Abs)];
                foreach (AdamConstants step in (AdamConstants[])[Adam, Adam with { Decoupled = false }])
                {
                    Same(bench, rows, width, [weights, first, second], gradient, (listed, w, g) =>
                    {
                        if (listed is null)
                            bench.Kernels.AdamStep(w[0], g, w[1], w[2], in step);
                        else
                            bench.Kernels.AdamStepRows(listed, w[0], g, w[1], w[2], in step);
                    });
                }

                foreach (SgdConstants step in (SgdConstants[])[Sgd, Sgd with { Nesterov = false }])
                {
                    Same(bench, rows, width, [weights, first], gradient, (listed, w, g) =>
                    {
                        if (listed is null)
                            bench.Kernels.SgdStep(w[0], g, w[1], in step);
                        else
                            bench.Kernels.SgdStepRows(listed, w[0], g, w[1], in step);
                    });
                    Same(bench, rows, width, [weights], gradient, (listed, w, g) =>
                    {
                        if (listed is null)
                            bench.Kernels.SgdStep(w[0], g, null, in step);
                        else
                            bench.Kernels.SgdStepRows(listed, w[0], g, null, in step);
                    });
                }
            }
        }
    }

    [Fact]
    public void Steps_of_rows_agree_with_the_reference()
    {
        foreach (int width in (int[])[1, 5, 8, 19, 64])
        {
            Agreement.Check($"rows of {width}", 1, bench =>
            {
                IndexBuffer rows = bench.Indices([.. Enumerable.Range(0, 300).Select(i => 299 - i), -1, 2]);
                DeviceBuffer w = bench.Buffer(bench.Values(301 * width)), g = bench.Buffer(bench.Values(302 * width));
                DeviceBuffer m = bench.Buffer(bench.Values(301 * width));
                DeviceBuffer v = bench.Buffer([.. bench.Values(301 * width).Select(value => 0.1f + Math.Abs(value))]);
                bench.Kernels.AdamStepRows(rows, w, g, m, v, in Adam);
                bench.Kernels.SgdStepRows(rows, w, g, m, in Sgd);
                return [.. Workbench.Read(w), .. Workbench.Read(m), .. Workbench.Read(v)];
            }, hasBodies: true);
        }
    }

    [Fact]
    public void A_row_that_does_not_exist_is_refused_before_anything_changes()
    {
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            using var bench = new Workbench(device);
            IndexBuffer rows = bench.Indices([1, 3]);
            DeviceBuffer w = bench.Buffer(bench.Values(6)), g = bench.Buffer(bench.Values(4));
            DeviceBuffer m = bench.Buffer(bench.Values(6)), v = bench.Buffer(bench.Values(6));
            double[] before = [.. Workbench.Read(w), .. Workbench.Read(m), .. Workbench.Read(v)];
            foreach (Action call in (Action[])[() => bench.Kernels.AdamStepRows(rows, w, g, m, v, in Adam), () => bench.Kernels.SgdStepRows(rows, w, g, m, in Sgd)])
                Assert.Contains("Element 1 of the row numbers is 3, outside 0 to 2", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
            Assert.Equal<double[]>(before, [.. Workbench.Read(w), .. Workbench.Read(m), .. Workbench.Read(v)]);
        }
    }

    /// <summary>Compares a step of rows with a step of all weights that are in these rows.</summary>
    private static void Same(
        Workbench bench, int[] rows, int width, float[][] tables, float[] gradient, Action<IndexBuffer?, DeviceBuffer[], DeviceBuffer> step)
    {
        DeviceBuffer[] whole = [.. tables.Select(bench.Buffer)];
        step(bench.Indices(rows), whole, bench.Buffer(gradient));

        int[] listed = [.. rows.TakeWhile(row => row >= 0)];
        DeviceBuffer[] parts = [.. tables.Select(table => bench.Buffer([.. listed.SelectMany(row => table[(row * width)..((row + 1) * width)])]))];
        step(null, parts, bench.Buffer(gradient[..(listed.Length * width)]));
        for (int t = 0; t < tables.Length; t++)
        {
            double[] expected = Array.ConvertAll(tables[t], value => (double)value), part = Workbench.Read(parts[t]);
            for (int r = 0; r < listed.Length; r++)
                part.AsSpan(r * width, width).CopyTo(expected.AsSpan(listed[r] * width));
            Assert.Equal(expected, Workbench.Read(whole[t]));
        }
    }
}

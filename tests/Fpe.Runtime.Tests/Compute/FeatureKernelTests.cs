using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class FeatureKernelTests
{
    /// <summary>Which features: from, of, to, of, count.</summary>
    private static readonly (int From, int Inputs, int To, int Outputs, int Count)[] Ranges =
    [
        (0, 1, 0, 1, 1), (0, 3, 0, 3, 3), (1, 5, 3, 7, 4), (4, 5, 0, 1, 1), (0, 16, 17, 33, 16), (2, 40, 1, 9, 8), (0, 8, 1, 9, 7),
        (3, 3, 2, 2, 0), (0, 4, 2, 5, 0),
    ];

    [Fact]
    public void Ranges_of_features_are_copied_and_added()
    {
        foreach ((int from, int inputs, int to, int outputs, int count) in Ranges)
        {
            foreach (int batch in Sizes.Batches)
            {
                foreach (int capacity in Sizes.Capacities(batch))
                {
                    Agreement.Check($"{from} of {inputs}, to {to} of {outputs}, batch {batch} of {capacity}", capacity, bench =>
                    {
                        Activations x = bench.Input(inputs, batch), copied = bench.Input(outputs, batch), added = bench.Input(outputs, batch);
                        bench.Kernels.CopyFeatures(x, from, copied, to, count, batch);
                        bench.Kernels.AddFeatures(x, from, added, to, count, batch);
                        return [.. Workbench.Read(copied, batch), .. Workbench.Read(added, batch)];
                    }, scale: 1e-30, error: 1e-6, hasBodies: true);
                }
            }
        }
    }

    [Fact]
    public void All_features_of_an_output_can_come_from_several_inputs()
    {
        foreach (Device device in Agreement.All)
        {
            foreach (int batch in Sizes.Batches)
            {
                using var bench = new Workbench(device, Math.Max(1, batch));
                Activations a = bench.Input(3, batch), b = bench.Input(5, batch), y = bench.Output(8);
                bench.Kernels.CopyFeatures(a, 0, y, 0, 3, batch);
                bench.Kernels.CopyFeatures(b, 0, y, 3, 5, batch);
                double[] first = Workbench.Read(a, batch), second = Workbench.Read(b, batch);
                double[] expected = [.. Enumerable.Range(0, batch).SelectMany(s => first[(3 * s)..(3 * s + 3)].Concat(second[(5 * s)..(5 * s + 5)]))];
                Assert.Equal(expected, Workbench.Read(y, batch));
            }
        }
    }

    /// <summary>Bits are copied; what is not a number is added to its own feature of its own sample only.</summary>
    [Fact]
    public void Numbers_that_are_not_finite_are_copied_and_added()
    {
        foreach (int batch in new[] { 1, 3, 8, 21 })
        {
            Agreement.Check($"not finite, batch {batch}", batch, bench =>
            {
                float[] values = bench.Values(4 * batch);
                (values[0], values[^1], values[1]) = (float.NaN, float.PositiveInfinity, -0f);
                Activations x = bench.Input(4, values), copied = bench.Output(4), added = bench.Input(4, batch);
                bench.Kernels.CopyFeatures(x, 0, copied, 0, 4, batch);
                bench.Kernels.AddFeatures(x, 1, added, 0, 3, batch);
                bench.Kernels.AddFeatures(x, 0, added, 3, 1, batch);
                return [.. Workbench.Read(copied, batch), .. Workbench.Read(added, batch)];
            }, scale: 1e-30, error: 1e-6, hasBodies: true);
        }
    }
}

using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class LayerNormKernelTests
{
    [Fact]
    public void Layer_normalisation_agrees_with_the_reference()
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches)
                Check($"{features} features", features, batch, bench => bench.Values(features * batch));
        }
    }

    [Fact]
    public void Many_features_agree_with_the_reference() =>
        Check("1027 features", 1027, 19, bench => bench.Values(1027 * 19), epsilon: 1e-5);

    /// <summary>With E[x²] − E[x]² hardly a digit of the variance would be right.</summary>
    [Fact]
    public void A_large_mean_costs_few_digits() =>
        Check("values around 3000", 40, 19, bench => [.. bench.Values(40 * 19).Select(value => 3000 + value)], error: 2e-3);

    /// <summary>A variance of 0 and means that are exact; a number that is not finite stays within its sample.</summary>
    [Fact]
    public void Samples_that_are_constant_or_not_finite_agree_with_the_reference()
    {
        const int Features = 12;
        float[] specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, 5];
        foreach (int batch in new[] { 5, 17, 40 })
        {
            Check("special samples", Features, batch, bench =>
            {
                float[] values = bench.Values(Features * batch);
                for (int s = 0; s < batch; s++)
                {
                    if (s % 2 == 0)
                        values[(s * Features) + (s % Features)] = specials[s / 2 % specials.Length];
                    if (s % 10 == 8)
                        Array.Fill(values, 0.75f, s * Features, Features);
                }

                return values;
            });
        }
    }

    [Fact]
    public void Places_of_sequences_agree_with_the_reference()
    {
        foreach (int places in (int[])[2, 3, 8, 33])
        {
            foreach (int units in (int[])[1, 2, 3, 8, 17, 33])
            {
                foreach (int batch in (int[])[0, 1, 3, 7, 16, 17, 33])
                    Check($"{units} units at {places} places", units, batch, bench => bench.Values(units * places * batch), places: places);
            }
        }
    }

    /// <summary>A place that is not finite leaves other places of its sample as they are.</summary>
    [Fact]
    public void Places_that_are_constant_or_not_finite_agree_with_the_reference()
    {
        const int Units = 5, Places = 6, Batch = 19;
        Check("special places", Units, Batch, bench =>
        {
            float[] values = bench.Values(Units * Places * Batch);
            (values[7], values[100], values[501]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
            for (int u = 0; u < Units; u++)
                values[(((2 * Units) + u) * Places) + 3] = 0.75f;
            return values;
        }, places: Places);
    }

    /// <summary>Expected values from PyTorch 1.13: layer_norm and its gradients.</summary>
    [Fact]
    public void Values_are_those_of_PyTorch()
    {
        float[] inputs = [.. Enumerable.Range(0, 8).Select(i => ((i * 7 % 11) - 5) / 4f)];
        float[] gradients = [.. Enumerable.Range(0, 8).Select(i => ((i * 3 % 11) - 5) / 4f)];
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 2);
            Activations x = bench.Input(4, inputs), dy = bench.Input(4, gradients);
            double[] results = Run(bench, x, dy, bench.Buffer([0.5f, 1, -1.5f, 2]), bench.Buffer([0, 0.25f, -0.5f, 1]), 0.01, 2);
            double[] expected =
            [
                -0.6529396220694628, 0.7723516976555702, 0.2835275464833553, 3.611758488277851,
                0.09874406319167058, -1.1324168846833875, -2.5736253270250815, 0.605023747233318,
                0.3633479834135524, -1.1116898340282257, -0.06360148569680713, 0.8119433363114805,
                -1.0847982730042807, -1.4908659026037248, -0.8789916139963683, 3.454655789604374,
                1.4348609287903156, 0.08442837234306177, 0.5606205179278013, 1.0590190861597493,
                -2.25, -0.75, 0.75, 2.25,
            ];
            Assert.All(expected.Zip(results), pair => Assert.Equal(pair.First, pair.Second, 5e-6));
        }
    }

    private static void Check(
        string what, int units, int batch, Func<Workbench, float[]> values, double epsilon = 0.1, double error = 1e-5,
        int places = 1)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{what}, batch {batch} of {capacity}", capacity, bench =>
            {
                Activations x = bench.Input(units * places, values(bench)), dy = bench.Input(units * places, batch);
                DeviceBuffer scale = bench.Buffer(bench.Values(units)), shift = bench.Buffer(bench.Values(units));
                return Run(bench, x, dy, scale, shift, epsilon, batch, places);
            }, error: error, hasBodies: true);
        }
    }

    /// <summary>Outputs, gradient by inputs, by scale and by shift, statistics.</summary>
    private static double[] Run(
        Workbench bench, Activations x, Activations dy, DeviceBuffer scale, DeviceBuffer shift, double epsilon, int batch,
        int places = 1)
    {
        int units = x.Features / places;
        Activations y = bench.Output(x.Features), dx = bench.Output(x.Features), statistics = bench.Output(2 * places);
        DeviceBuffer scaleGradient = bench.OutputBuffer(units), shiftGradient = bench.OutputBuffer(units);
        bench.Kernels.LayerNormForward(places, scale, shift, epsilon, x, y, statistics, batch);
        bench.Kernels.LayerNormInputGradient(places, scale, statistics, x, dy, dx, batch);
        bench.Kernels.LayerNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);
        return
        [
            .. Workbench.Read(y, batch), .. Workbench.Read(dx, batch), .. Workbench.Read(scaleGradient), .. Workbench.Read(shiftGradient),
            .. Workbench.Read(statistics, batch),
        ];
    }
}

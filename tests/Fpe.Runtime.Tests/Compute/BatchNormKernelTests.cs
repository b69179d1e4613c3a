using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class BatchNormKernelTests
{
    private static readonly int[] Channels = [1, 2, 3, 7, 8, 9, 17, 33];

    private static readonly int[] Places = [1, 2, 3, 4, 9, 16, 25];

    [Fact]
    public void Batch_normalisation_agrees_with_the_reference()
    {
        int next = 0;
        foreach (int channels in Channels)
        {
            foreach (int places in Places)
            {
                // all batches of vectors; of images now these, now those
                for (int i = next++ % 3; i < Sizes.Batches.Length; i += places == 1 ? 1 : 3)
                {
                    int batch = Sizes.Batches[i];
                    Check($"{channels} channels", channels, places, batch, bench => bench.Values(channels * places * batch));
                }
            }
        }
    }

    [Fact]
    public void Large_images_agree_with_the_reference() =>
        Check("2 channels", 2, 700, 35, bench => bench.Values(2 * 700 * 35), epsilon: 1e-5);

    /// <summary>With E[x²] − E[x]² hardly a digit of the variance would be right.</summary>
    [Fact]
    public void A_large_mean_costs_few_digits() =>
        Check("values around 3000", 5, 9, 35, bench => [.. bench.Values(5 * 9 * 35).Select(value => 3000 + value)], error: 2e-3);

    /// <summary>A number that is not finite stays within its channel; a channel that is constant has the variance 0.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Channels_that_are_constant_or_not_finite_agree_with_the_reference(int places)
    {
        const int Channels = 5;
        float[] specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (int batch in new[] { 3, 17, 40 })
        {
            Check("special channels", Channels, places, batch, bench =>
            {
                float[] values = bench.Values(Channels * places * batch);
                for (int c = 0; c < specials.Length; c++)
                    values[((batch - 1) * Channels * places) + (c * places) + (c % places)] = specials[c];
                for (int s = 0; s < batch; s++)
                    Array.Fill(values, 0.75f, (s * Channels * places) + (4 * places), places);
                return values;
            });
        }
    }

    /// <summary>Expected values from PyTorch 1.13: batch_norm while training, its gradients and running statistics, and while predicting.</summary>
    [Fact]
    public void Values_are_those_of_PyTorch()
    {
        float[] inputs = [.. Enumerable.Range(0, 12).Select(i => ((i * 7 % 11) - 5) / 4f)];
        float[] gradients = [.. Enumerable.Range(0, 12).Select(i => ((i * 3 % 11) - 5) / 4f)];
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 3);
            Activations x = bench.Input(4, inputs), dy = bench.Input(4, gradients), predicted = bench.Output(4);
            DeviceBuffer scale = bench.Buffer([0.5f, -1.5f]), shift = bench.Buffer([0.25f, -0.5f]);
            DeviceBuffer mean = bench.Buffer([1, -1]), variance = bench.Buffer([2, 0.5f]);
            bench.Kernels.BatchNormPredict(2, scale, shift, 0.01, mean, variance, x, predicted, 3);
            double[] results =
            [
                .. Workbench.Read(predicted, 3), .. Train(bench, 2, x, dy, scale, shift, mean, variance, epsilon: 0.01, momentum: 0.25, 3),
            ];
            double[] expected =
            [
                -0.5435138178409231, 0.07366359603535041, -1.5502100630210074, -5.225945283594533, -0.014504605946974378,
                -0.36717741387627356, -4.70084025208403, -2.600420126042015, -0.45534561585859834, 0.16183179801767522,
                -2.0753150945315113, 0.025105031510503695,
                -0.3880091150886702, 0.7285068363165026, 0.4395435754601826, -2.595904899103484, 0.5690045575443351, -0.0690045575443351,
                -2.162269402737246, -0.42772741727229363, -0.22850683631650265, 0.8880091150886702, 0.005908079093944474, 1.740450064558897,
                -0.21479784488653497, -0.058217249646829144, -0.31726381984117263, 0.3408200242588761, -0.33123234418019326,
                0.33123234418019326, 0.9282352551058148, -1.49209428153505, 0.058217249646829144, 0.21479784488653497,
                -0.9046790506881114, 1.4449818726996433,
                1.355769369563424, 3.348629666383728, -3.75, 2.5, 0.6875, -0.7395833333333334, 1.68125, 0.5963541666666667,
            ];
            Assert.All(expected.Zip(results), pair => Assert.Equal(pair.First, pair.Second, 5e-6));
        }
    }

    /// <summary>A channel of one value has no variance: PyTorch refuses it too.</summary>
    [Fact]
    public void One_value_per_channel_is_refused()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 4);
            DeviceBuffer two = bench.Buffer(new float[2]), other = bench.Buffer(new float[2]), four = bench.Buffer(new float[4]);
            Activations x = bench.Output(2), y = bench.Output(2);
            var error = Assert.Throws<ArgumentException>(
                () => bench.Kernels.BatchNormForward(1, two, two, 1e-5, 0.1, two, other, four, x, y, 1));
            Assert.Contains("A channel has 1 values, 1 samples of 1; batch normalisation needs at least 2", error.Message, StringComparison.Ordinal);
            error = Assert.Throws<ArgumentException>(
                () => bench.Kernels.BatchNormForward(1, two, two, 1e-5, 0.1, two, other, four, x, y, 0));
            Assert.Contains("A channel has 0 values", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Check(
        string what, int channels, int places, int batch, Func<Workbench, float[]> values, double epsilon = 0.1, double error = 3e-5)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{what} of {places}, batch {batch} of {capacity}", capacity, bench =>
            {
                Activations x = bench.Input(channels * places, values(bench)), dy = bench.Input(channels * places, batch);
                DeviceBuffer scale = bench.Buffer(bench.Values(channels)), shift = bench.Buffer(bench.Values(channels));
                DeviceBuffer mean = bench.Buffer(bench.Values(channels));
                DeviceBuffer variance = bench.Buffer([.. bench.Values(channels).Select(Math.Abs)]);
                Activations predicted = bench.Output(channels * places);
                bench.Kernels.BatchNormPredict(places, scale, shift, epsilon, mean, variance, x, predicted, batch);
                return
                [
                    .. Workbench.Read(predicted, batch),
                    .. batch * places < 2
                        ? Gradients(bench, places, x, dy, scale, bench.Buffer(bench.Values(2 * channels)), batch)
                        : Train(bench, places, x, dy, scale, shift, mean, variance, epsilon, 0.3, batch),
                ];
            }, error: error, hasBodies: true);
        }
    }

    /// <summary>Outputs, gradients, running mean and variance, statistics.</summary>
    private static double[] Train(
        Workbench bench, int places, Activations x, Activations dy, DeviceBuffer scale, DeviceBuffer shift,
        DeviceBuffer mean, DeviceBuffer variance, double epsilon, double momentum, int batch)
    {
        Activations y = bench.Output(x.Features);
        DeviceBuffer statistics = bench.OutputBuffer(2 * scale.Length);
        bench.Kernels.BatchNormForward(places, scale, shift, epsilon, momentum, mean, variance, statistics, x, y, batch);
        return
        [
            .. Workbench.Read(y, batch), .. Gradients(bench, places, x, dy, scale, statistics, batch),
            .. Workbench.Read(mean), .. Workbench.Read(variance), .. Workbench.Read(statistics),
        ];
    }

    /// <summary>Gradient by inputs, by scale and by shift.</summary>
    private static double[] Gradients(
        Workbench bench, int places, Activations x, Activations dy, DeviceBuffer scale, DeviceBuffer statistics, int batch)
    {
        Activations dx = bench.Output(x.Features);
        DeviceBuffer scaleGradient = bench.OutputBuffer(scale.Length), shiftGradient = bench.OutputBuffer(scale.Length);
        bench.Kernels.BatchNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);
        bench.Kernels.BatchNormInputGradient(places, scale, statistics, scaleGradient, shiftGradient, x, dy, dx, batch);
        return [.. Workbench.Read(dx, batch), .. Workbench.Read(scaleGradient), .. Workbench.Read(shiftGradient)];
    }
}

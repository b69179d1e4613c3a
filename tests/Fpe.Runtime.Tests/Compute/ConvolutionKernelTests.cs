using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

public class ConvolutionKernelTests
{
    private static readonly double[] Forward = [-4.5, 20.5, -1.5, -3.5, -11.5, 14.5, 12.5, -7.5, -1.5, -2.5, 17.5, -7.5, -5, -7, -9, 7, -9, -11, -9, 17, -9, -11, -7, 5];

    private static readonly double[] InputGradient = [0, 0, 0, 0, -9, -8, -7, 31, 0, 0, 0, 0, -9, -4, -3, 55, 0, 0, 0, 0, 0, 0, 0, 0, -95, -28, -29, -9, 0, 0, 0, 0, -119, -32, -33, -9, 0, 0, 0, 0];

    private static readonly double[] WeightGradient = [31, 52, 67, 19, 32, 31, 130, -4, -116, 106, -4, -92];

    private static readonly double[] BiasGradient = [78, 222];

    [Fact]
    public void Small_convolutions_agree_with_the_reference()
    {
        int next = 0;
        foreach (Conv2dShape shape in ConvolutionShapes.Small())
            CheckAll(shape, ConvolutionShapes.Batches[next++ % ConvolutionShapes.Batches.Length]);
    }

    [Fact]
    public void Every_batch_agrees_with_the_reference()
    {
        foreach (int batch in ConvolutionShapes.Batches)
            CheckAll(new Conv2dShape(new ImageShape(3, 6, 5), 5, 3, 2, 1), batch);
    }

    [Fact]
    public void Wide_convolutions_agree_with_the_reference()
    {
        foreach (Conv2dShape shape in ConvolutionShapes.Wide())
            CheckAll(shape, batch: 19);
    }

    /// <summary>Rows unlike columns, dilation and groups.</summary>
    [Fact]
    public void General_convolutions_agree_with_the_reference()
    {
        int next = 0;
        foreach (Conv2dShape shape in ConvolutionShapes.General())
            CheckAll(shape, ConvolutionShapes.Batches[next++ % ConvolutionShapes.Batches.Length]);
    }

    /// <summary>Expected values from PyTorch 1.13: conv2d in 2 groups with another stride, padding and dilation per direction, and its gradients.</summary>
    [Fact]
    public void Groups_strides_and_dilations_are_those_of_PyTorch()
    {
        var shape = new Conv2dShape(new ImageShape(2, 5, 4), 2, new Window2d(new WindowSide(2, 2, 1, 2), new WindowSide(3, 1, 1)), groups: 2);
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device);
            DeviceBuffer w = bench.Buffer([.. Enumerable.Range(0, 12).Select(i => (i * 5 % 7) - 3f)]), b = bench.Buffer([0.5f, -1]);
            Activations x = bench.Input(40, [.. Enumerable.Range(0, 40).Select(i => (i * 7 % 9) - 4f)]), y = bench.Output(shape.Output.Count);
            Activations dz = bench.Input(shape.Output.Count, [.. Enumerable.Range(1, shape.Output.Count).Select(i => (float)i)]), dx = bench.Output(40);
            DeviceBuffer dw = bench.OutputBuffer(12), db = bench.OutputBuffer(2);
            bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Identity, x, null, y, 1);
            bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, 1);
            bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, 1);
            Assert.Equal(Forward, Workbench.Read(y, 1));
            Assert.Equal(InputGradient, Workbench.Read(dx, 1));
            Assert.Equal(WeightGradient, Workbench.Read(dw));
            Assert.Equal(BiasGradient, Workbench.Read(db));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-42f)]
    [InlineData(1e38f)]
    public void Unusual_numbers_reach_the_same_outputs(float unusual)
    {
        // without padding, whose zeros a device may multiply
        var shape = new Conv2dShape(new ImageShape(2, 6, 5), 5, 3, 2);
        const int Batch = 19;
        Agreement.Check($"with {unusual}", 24, bench =>
        {
            var input = bench.Values(shape.Input.Count * Batch);
            var gradient = bench.Values(shape.Output.Count * Batch);
            input[4 * shape.Input.Count + 9] = gradient[18 * shape.Output.Count + 3] = unusual;
            Activations x = bench.Input(shape.Input.Count, input), dz = bench.Input(shape.Output.Count, gradient);
            return Run(bench, shape, x, dz, ActivationFunction.Relu, Batch);
        }, maySpread: true);
    }

    /// <summary>The padding contributes nothing, even where the weight over it is not finite.</summary>
    [Fact]
    public void The_padding_is_not_multiplied_forwards()
    {
        var shape = new Conv2dShape(new ImageShape(1, 2, 2), 1, 3, 1, 1);
        foreach (Device device in TestedDevices.MultiplyZeros ? [] : Agreement.All)
        {
            using var bench = new Workbench(device);
            DeviceBuffer w = bench.Buffer([float.NaN, 0, 0, 0, 1, 0, 0, 0, 0]), b = bench.Buffer([0.5f]);
            Activations x = bench.Input(4, [1, 2, 3, 4]), y = bench.Output(4);
            bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Identity, x, null, y, 1);
            Assert.Equal([1.5, 2.5, 3.5, double.NaN], Workbench.Read(y, 1));
        }
    }

    /// <summary>Expected values from PyTorch 1.13: conv2d with stride 2 and padding 1, and its gradients.</summary>
    [Fact]
    public void Values_are_those_of_PyTorch()
    {
        var shape = new Conv2dShape(new ImageShape(2, 4, 3), 3, 3, 2, 1);
        float[] images = [.. Enumerable.Range(0, 48).Select(i => (i * 7 % 11 - 5) / 4f)];
        float[] filters = [.. Enumerable.Range(0, 54).Select(i => (i * 5 % 13 - 6) / 8f)];
        float[] gradients = [.. Enumerable.Range(0, 24).Select(i => (i * 3 % 7 - 3) / 2f)];
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 2);
            DeviceBuffer w = bench.Buffer(filters), b = bench.Buffer([0.5f, -0.25f, 0]);
            DeviceBuffer dw = bench.OutputBuffer(54), db = bench.OutputBuffer(3);
            Activations x = bench.Input(24, images), dz = bench.Input(12, gradients), y = bench.Output(12), dx = bench.Output(24);
            bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Identity, x, null, y, 2);
            bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, 2);
            bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, 2);
            Assert.Equal(
                [
                    0.5, -2.09375, 1.5625, -1.1875, 0.53125, -0.875, 0.8125, 0.15625, 1.15625, -0.6875, 0.65625, 0.875,
                    -1.0, 0.78125, 0.53125, -1.59375, -0.15625, -1.3125, 0.90625, -2.71875, 1.28125, -1.1875, 1.875, -2.4375,
                ],
                Workbench.Read(y, 2));
            Assert.Equal(
                [
                    -0.1875, -1.0, -0.1875, -0.4375, 0.5, 0.0, 0.25, 1.625, -0.1875, 0.625, -1.5, -0.4375,
                    1.875, -0.1875, 0.1875, 1.125, -0.75, -1.1875, -1.0625, -0.4375, -0.125, -0.6875, -0.3125, 0.4375,
                    -0.1875, 1.625, 0.25, 0.0, 0.5, -0.4375, -0.1875, -1.0, -0.1875, -0.3125, -0.1875, -0.0625,
                    2.1875, -0.375, -1.6875, -1.25, -0.6875, 1.25, 1.875, -0.1875, 0.1875, 0.125, -0.1875, -0.5,
                ],
                Workbench.Read(dx, 2));
            Assert.Equal(
                [
                    -0.125, 3.375, -1.125, 0.625, 6.0, -3.125, 0.625, 2.5, -2.5, 0.375, -1.625, -1.125, 0.625, -3.875, -0.625, 0.625, -3.25, 0.0,
                    -1.375, 1.0, 1.125, -1.875, -0.375, 3.125, -0.875, 2.375, 2.125, 1.125, 0.625, -0.375, 2.125, 2.375, -0.875, 3.125, -0.375,
                    -1.875, 1.75, -1.375, -0.125, 0.0, -3.25, 0.625, -0.625, -3.875, 0.625, -0.75, -0.625, 0.375, -2.5, 2.5, 0.625, -3.125, 6.0,
                    0.625,
                ],
                Workbench.Read(dw));
            Assert.Equal([-2.5, 0, 2.5], Workbench.Read(db));
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var shape = new Conv2dShape(new ImageShape(9, 12, 12), 14, 3, 1, 1);
        const int Batch = 69;
        var alone = Train(1);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, Train(threads));

        double[] Train(int threads)
        {
            using var bench = new Workbench(new CpuDevice(threads), Batch);
            var pool = new Pool2dShape(shape.Output, 3, 2);
            Activations x = bench.Input(shape.Input.Count, Batch), dz = bench.Input(shape.Output.Count, Batch);
            Activations pooled = bench.Output(pool.Output.Count), dx = bench.Output(shape.Output.Count);
            var results = new List<double>();
            for (int repetition = 0; repetition < 3; repetition++)
            {
                results.AddRange(Run(bench, shape, x, dz, ActivationFunction.Tanh, Batch));
                bench.Kernels.MaxPool2dForward(pool, dz, pooled, Batch);
                bench.Kernels.MaxPool2dInputGradient(pool, dz, pooled, dx, Batch);
                results.AddRange([.. Workbench.Read(pooled, Batch), .. Workbench.Read(dx, Batch)]);
            }

            return [.. results];
        }
    }

    private static void CheckAll(Conv2dShape shape, int batch)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check(Describe(shape, batch, capacity), capacity, bench =>
            {
                Activations x = bench.Input(shape.Input.Count, batch), dz = bench.Input(shape.Output.Count, batch);
                return
                [
                    .. Run(bench, shape, x, dz, ActivationFunction.Tanh, batch),
                    .. Run(bench, shape, x, dz, ActivationFunction.Relu, batch),
                ];
            }, scale: Math.Sqrt(shape.FanIn + shape.Filters) + Math.Sqrt(batch));
        }
    }

    /// <summary>Every kernel once, and the forward one again without weighted sums of its own.</summary>
    private static double[] Run(Workbench bench, Conv2dShape shape, Activations x, Activations dz, ActivationFunction function, int batch)
    {
        DeviceBuffer w = bench.Buffer(bench.Values(shape.WeightCount)), b = bench.Buffer(bench.Values(shape.Filters));
        DeviceBuffer dw = bench.OutputBuffer(shape.WeightCount), db = bench.OutputBuffer(shape.Filters);
        Activations y = bench.Output(shape.Output.Count), z = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
        Activations inPlace = bench.Output(shape.Output.Count);
        bench.Kernels.Conv2dForward(shape, w, b, function, x, z, y, batch);
        bench.Kernels.Conv2dForward(shape, w, b, function, x, null, inPlace, batch);
        bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, batch);
        bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, batch);
        return
        [
            .. Workbench.Read(z, batch), .. Workbench.Read(y, batch), .. Workbench.Read(inPlace, batch), .. Workbench.Read(dx, batch),
            .. Workbench.Read(dw), .. Workbench.Read(db),
        ];
    }

    private static string Describe(Conv2dShape shape, int batch, int capacity) =>
        $"{shape.Input} → {shape.Output}, {shape.Window} in {shape.Groups} groups, batch {batch} of {capacity}";
}

using Fpe.Compute;
using Fpe.Runtime.Tests.Compute;
using TorchSharp;
using static TorchSharp.torch;
using Device = Fpe.Compute.Device;

namespace Fpe.Torch.Tests;

public class ConvolutionTests
{
    private const int Batch = 17, Channels = 23, Filters = 5;

    /// <summary>
    /// On one pixel a convolution is a dense layer, to the last bit: both are the same matrix products. The kernels that libtorch has
    /// for convolutions sum in another order, which depends on the processor.
    /// </summary>
    [Fact]
    public void A_convolution_is_made_of_the_products_of_a_dense_layer()
    {
        var shape = new Conv2dShape(new ImageShape(Channels, 1, 1), Filters, kernel: 1);
        foreach (Device device in TestedDevices.Single.Append(TestedDevices.Double))
            Assert.Equal(Run(device, dense: true), Run(device, dense: false));

        double[] Run(Device device, bool dense)
        {
            using var bench = new Workbench(device, Batch);
            Activations x = bench.Input(Channels, Batch), dz = bench.Input(Filters, Batch);
            DeviceBuffer w = bench.Buffer(bench.Values(shape.WeightCount)), b = bench.Buffer(bench.Values(Filters));
            DeviceBuffer dw = bench.OutputBuffer(shape.WeightCount), db = bench.OutputBuffer(Filters);
            Activations y = bench.Output(Filters), dx = bench.Output(Channels);
            if (dense)
            {
                DeviceEdges edges = bench.Edges(EdgeLayout.Dense(Filters, Channels));
                bench.Kernels.EdgeForward(edges, w, b, ActivationFunction.Relu, x, null, y, Batch);
                bench.Kernels.EdgeInputGradient(edges, w, ActivationFunction.Identity, null, y, dz, dx, Batch);
                bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dz, dw, db, Batch);
            }
            else
            {
                bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Relu, x, null, y, Batch);
                bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, Batch);
                bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, Batch);
            }

            return [.. Workbench.Read(y, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(dw), .. Workbench.Read(db)];
        }
    }

    /// <summary>The windows of all samples are more than are gathered at once.</summary>
    [Fact]
    public void A_batch_that_is_computed_in_parts_agrees_with_the_reference()
    {
        var shape = new Conv2dShape(new ImageShape(3, 32, 30), 2, kernel: 5, stride: 1, padding: 2);
        Agreement.Check("a batch in parts", capacity: Batch + 3, bench =>
        {
            DeviceBuffer w = bench.Buffer(bench.Values(shape.WeightCount)), b = bench.Buffer(bench.Values(shape.Filters));
            DeviceBuffer dw = bench.OutputBuffer(shape.WeightCount), db = bench.OutputBuffer(shape.Filters);
            Activations x = bench.Input(shape.Input.Count, Batch), dz = bench.Input(shape.Output.Count, Batch);
            Activations y = bench.Output(shape.Output.Count), z = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
            bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Tanh, x, z, y, Batch);
            bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, Batch);
            bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, Batch);
            return
            [
                .. Workbench.Read(z, Batch), .. Workbench.Read(y, Batch), .. Workbench.Read(dx, Batch),
                .. Workbench.Read(dw), .. Workbench.Read(db),
            ];
        }, scale: Math.Sqrt(shape.Output.Pixels));
    }

    /// <summary>
    /// The control for sizes with which a processor got wrong numbers when these kernels called libtorch's convolutions: plain calls, of
    /// whole tensors and with automatic gradients, agree with the products, which read and write parts of larger tensors.
    /// </summary>
    [Theory]
    [InlineData(3, 6, 5, 5, 2)]
    [InlineData(17, 5, 4, 4, 1)]
    public void Plain_convolutions_of_libtorch_agree(int channels, int height, int width, int filters, int stride)
    {
        var shape = new Conv2dShape(new ImageShape(channels, height, width), filters, kernel: 3, stride, padding: 1);
        foreach (Device device in TestedDevices.Single.Append(TestedDevices.Double))
        {
            using var bench = new Workbench(device, Batch + 5);
            float[] w = bench.Values(shape.WeightCount), b = bench.Values(filters);
            float[] x = bench.Values(shape.Input.Count * Batch), dz = bench.Values(shape.Output.Count * Batch);
            Activations input = bench.Input(shape.Input.Count, x), slopes = bench.Input(shape.Output.Count, dz);
            Activations y = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
            DeviceBuffer weights = bench.Buffer(w), dw = bench.OutputBuffer(w.Length), db = bench.OutputBuffer(filters);
            bench.Kernels.Conv2dForward(shape, weights, bench.Buffer(b), ActivationFunction.Identity, input, null, y, Batch);
            bench.Kernels.Conv2dInputGradient(shape, weights, slopes, dx, Batch);
            bench.Kernels.Conv2dWeightGradient(shape, input, slopes, dw, db, Batch);

            using DisposeScope scope = NewDisposeScope();
            Tensor images = Plain(x, Batch, channels, height, width), kernels = Plain(w, filters, channels, 3, 3), biases = Plain(b, filters);
            Tensor outputs = nn.functional.conv2d(images, kernels, biases, strides: [stride, stride], padding: [1, 1]);
            outputs.backward([tensor(dz).to(outputs.dtype).to(outputs.device).view(outputs.shape)]);
            Close(outputs, Workbench.Read(y, Batch));
            Close(images.grad!, Workbench.Read(dx, Batch));
            Close(kernels.grad!, Workbench.Read(dw));
            Close(biases.grad!, Workbench.Read(db));

            Tensor Plain(float[] values, params long[] sizes) => tensor(values).view(sizes)
                .to(((TorchDevice)device).ScalarType).to(((TorchDevice)device).Place).requires_grad_();
        }

        static void Close(Tensor expected, double[] actual)
        {
            double[] plain = expected.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
            Assert.Equal(plain.Length, actual.Length);
            for (int i = 0; i < plain.Length; i++)
                Assert.Equal(plain[i], actual[i], 1e-4);
        }
    }
}

using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Benchmarks;

/// <summary>The three kernels of one convolution, and the same by libtorch's own convolutions of the images in those activations.</summary>
internal sealed class Convolutions : IDisposable
{
    private readonly Conv2dShape shape;
    private readonly int batch;
    private readonly IKernels kernels;
    private readonly Activations x, y, dx;
    private readonly DeviceBuffer weights, bias, weightGradient, biasGradient;
    private readonly Tensor features, outputs, filters, filterBias;

    public Convolutions(TorchDevice device, Conv2dShape shape, int batch)
    {
        (this.shape, this.batch, kernels) = (shape, batch, device.Kernels);
        (x, y, dx) = (Filled(shape.Input), Filled(shape.Output), Filled(shape.Input));
        (weights, weightGradient) = (device.Allocate(shape.WeightCount), device.Allocate(shape.WeightCount));
        (bias, biasGradient) = (device.Allocate(shape.Filters), device.Allocate(shape.Filters));
        kernels.Fill(weights, 0.01);
        features = rand(shape.Input.Count, batch, device: device.Place);
        outputs = rand(shape.Output.Count, batch, device: device.Place);
        filters = rand([shape.Filters, shape.Input.Channels, shape.Window.Rows.Kernel, shape.Window.Columns.Kernel], device: device.Place);
        filterBias = rand(shape.Filters, device: device.Place);

        Activations Filled(ImageShape image)
        {
            Activations values = device.AllocateActivations(image.Count, batch);
            values.Write(Enumerable.Repeat(0.5f, image.Count * batch).ToArray(), batch);
            return values;
        }
    }

    /// <summary>Forward, gradient by the inputs, gradient by the weights, as the device computes them.</summary>
    public void Ours()
    {
        kernels.Conv2dForward(shape, weights, bias, ActivationFunction.Identity, x, null, y, batch);
        kernels.Conv2dInputGradient(shape, weights, y, dx, batch);
        kernels.Conv2dWeightGradient(shape, x, y, weightGradient, biasGradient, batch);
    }

    /// <summary>The same three by libtorch, with the images brought into its order and back.</summary>
    public void Libtorch()
    {
        using IDisposable recording = no_grad();
        using DisposeScope temporaries = NewDisposeScope();
        (WindowSide rows, WindowSide columns) = (shape.Window.Rows, shape.Window.Columns);
        long[] stride = [rows.Stride, columns.Stride], padding = [rows.Padding, columns.Padding];
        Tensor images = Images(features, shape.Input), gradient = Images(outputs, shape.Output);
        nn.functional.conv2d(images, filters, filterBias, strides: stride, padding: padding).flatten(1).t().contiguous();
        nn.functional.conv_transpose2d(gradient, filters, strides: stride, padding: padding,
            output_padding: [Unseen(rows, shape.Input.Height), Unseen(columns, shape.Input.Width)]).flatten(1).t().contiguous();
        nn.functional.conv2d(images.transpose(0, 1), gradient.transpose(0, 1), padding: padding, dilation: stride).transpose(0, 1).contiguous();
        gradient.sum([0, 2, 3]);

        Tensor Images(Tensor values, ImageShape image) => values.t().contiguous().view(batch, image.Channels, image.Height, image.Width);
        static int Unseen(WindowSide side, int size) => (size + (2 * side.Padding) - side.Kernel) % side.Stride;
    }

    public void Dispose()
    {
        foreach (IDisposable item in new IDisposable[] { x, y, dx, weights, bias, weightGradient, biasGradient, features, outputs, filters, filterBias })
            item.Dispose();
    }
}

using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// Convolutions as matrix products: the inputs of the window at all places of all samples form a matrix [fan-in, places · samples], which
/// is multiplied by the filters [filters, fan-in].
/// </summary>
/// <remarks>
/// libtorch's own convolutions are not used. On the CPU they are oneDNN's, whose results differ between processors, and with which tests
/// failed on one of them; on GPUs they round to ten bits by default. docs/torchsharp.md compares the times of both.
/// </remarks>
internal sealed partial class TorchKernels
{
    /// <summary>
    /// Number of inputs of windows that are gathered at once: 4 MB on the CPU, which the cache and malloc retain. A GPU is fastest with few
    /// large kernels.
    /// </summary>
    private const int WindowsOnCpu = 1 << 20, WindowsOnGpu = 1 << 26;

    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        Run(() => Convolve(shape, Filters(weights, shape), bias, function, x, z, y, batch));

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        Run(() => ConvolveBack(shape, Filters(weights, shape), dz, dx, batch));

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) =>
        Run(() => FilterGradients(shape, x, dz, Filters(weightGradient, shape), biasGradient, batch));

    private void Convolve(
        Conv2dShape shape, Tensor filters, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        Tensor inputs = Batch(x, batch), outputs = Batch(y, batch);
        Tensor biases = Values(bias).unsqueeze(1);
        ForParts(shape, batch, (start, count) =>
        {
            Tensor sums = biases.addmm(filters, Windows(inputs, shape, start, count));
            outputs.narrow(1, start, count).copy_(sums.view(shape.Output.Count, count));
        });
        if (z is not null)
            Batch(z, batch).copy_(outputs);
        Activate(function, outputs);
    }

    private void ConvolveBack(Conv2dShape shape, Tensor filters, Activations dz, Activations dx, int batch)
    {
        Tensor gradient = Batch(dz, batch), inputGradient = Batch(dx, batch);
        Tensor transposed = filters.t();
        ForParts(shape, batch, (start, count) =>
        {
            Tensor windows = transposed.mm(Places(gradient, shape, start, count))
                .view(shape.Input.Channels, shape.Kernel, shape.Kernel, shape.Output.Height, shape.Output.Width, count);
            Tensor padded = Padded(shape, count);
            for (int row = 0; row < shape.Kernel; row++)
            {
                for (int column = 0; column < shape.Kernel; column++)
                    Seen(padded, row, column, shape.Output, shape.Stride).add_(windows.select(1, row).select(1, column), One);
            }

            Planes(inputGradient, shape.Input, start, count).copy_(Inside(padded, shape));
        });
    }

    private void FilterGradients(Conv2dShape shape, Activations x, Activations dz, Tensor filters, DeviceBuffer biasGradient, int batch)
    {
        Tensor inputs = Batch(x, batch), gradient = Batch(dz, batch);
        filters.zero_();
        ForParts(shape, batch, (start, count) =>
            filters.addmm_(Places(gradient, shape, start, count), Windows(inputs, shape, start, count).t()));
        Values(biasGradient).copy_(gradient.view(shape.Filters, shape.Output.Pixels, batch).sum([1, 2]));
    }

    /// <summary>Calls an action with the first sample and the number of samples of each part of a batch.</summary>
    private void ForParts(Conv2dShape shape, int batch, Action<int, int> part)
    {
        long values = (long)shape.FanIn * shape.Output.Pixels;
        int samples = (int)Math.Clamp((device.IsCpu ? WindowsOnCpu : WindowsOnGpu) / values, 1, Math.Max(1, batch));
        for (int start = 0; start < batch; start += samples)
        {
            using DisposeScope temporaries = NewDisposeScope();
            part(start, Math.Min(samples, batch - start));
        }
    }

    /// <summary>Gathers the inputs of the window: [fan-in, places · samples].</summary>
    private Tensor Windows(Tensor inputs, Conv2dShape shape, int start, int count)
    {
        Tensor planes = Planes(inputs, shape.Input, start, count);
        if (shape.Padding > 0)
        {
            Tensor padded = Padded(shape, count);
            Inside(padded, shape).copy_(planes);
            planes = padded;
        }

        return planes.unfold(1, shape.Kernel, shape.Stride).unfold(2, shape.Kernel, shape.Stride)
            .permute(0, 4, 5, 1, 2, 3).reshape(shape.FanIn, (long)shape.Output.Pixels * count);
    }

    /// <summary>Returns the values of each place of the window: [filters, places · samples].</summary>
    private static Tensor Places(Tensor outputs, Conv2dShape shape, int start, int count) =>
        Planes(outputs, shape.Output, start, count).reshape(shape.Filters, (long)shape.Output.Pixels * count);

    /// <summary>Allocates zeros for some samples and their padding: [channels, rows, columns, samples].</summary>
    private Tensor Padded(Conv2dShape shape, int count)
    {
        int border = 2 * shape.Padding;
        return zeros([shape.Input.Channels, shape.Input.Height + border, shape.Input.Width + border, count], device.ScalarType, device.Place);
    }

    private static Tensor Inside(Tensor padded, Conv2dShape shape) =>
        padded.narrow(1, shape.Padding, shape.Input.Height).narrow(2, shape.Padding, shape.Input.Width);

    /// <summary>Returns some samples of a batch as [channels, height, width, samples].</summary>
    private static Tensor Planes(Tensor values, ImageShape shape, int start, int count) =>
        values.narrow(1, start, count).view(shape.Channels, shape.Height, shape.Width, count);

    /// <summary>The pixels that one pixel of a window sees at all its places; a view.</summary>
    private static Tensor Seen(Tensor planes, int row, int column, ImageShape places, int stride)
    {
        return Reached(Reached(planes, 1, row, places.Height), 2, column, places.Width);

        // The rows, or columns, that one row, or column, of the window meets at its places.
        Tensor Reached(Tensor all, int dimension, long first, int count) =>
            all.slice(dimension, first, first + ((count - 1L) * stride) + 1, stride);
    }

    private static Tensor Filters(DeviceBuffer weights, Conv2dShape shape) => Values(weights).view(shape.Filters, shape.FanIn);
}

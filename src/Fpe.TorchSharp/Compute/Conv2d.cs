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
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        Run(() => Convolve(shape, Filters(weights, shape), bias, function, x, z, y, batch));

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        Run(() => ConvolveBack(shape, Filters(weights, shape), dz, dx, batch));

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) =>
        Run(() => FilterGradients(shape, x, dz, Filters(weightGradient, shape), biasGradient, batch));

    private void Convolve(
        Conv2dShape shape, Tensor filters, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        Tensor inputs = Batch(x, batch), outputs = Batch(y, batch);
        Tensor biases = Values(bias).unsqueeze(1);
        ForParts(shape, batch, (start, count) =>
        {
            Tensor sums = shape.Groups == 1
                ? biases.addmm(filters, Windows(inputs, shape, start, count))
                : ByGroup(shape, filters).bmm(ByGroup(shape, Windows(inputs, shape, start, count))).flatten(0, 1).add_(biases, One);
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
        (WindowSide rows, WindowSide columns) = (shape.Window.Rows, shape.Window.Columns);
        ForParts(shape, batch, (start, count) =>
        {
            Tensor places = Places(gradient, shape, start, count);
            Tensor products = shape.Groups == 1
                ? transposed.mm(places)
                : ByGroup(shape, filters).transpose(1, 2).bmm(ByGroup(shape, places)).flatten(0, 1);
            Tensor windows = products.view(shape.Input.Channels, rows.Kernel, columns.Kernel, shape.Output.Height, shape.Output.Width, count);
            Tensor padded = Padded(shape.Input, shape.Window, count);
            for (int row = 0; row < rows.Kernel; row++)
            {
                for (int column = 0; column < columns.Kernel; column++)
                    Seen(padded, row, column, shape.Output, shape.Window).add_(windows.select(1, row).select(1, column), One);
            }

            Planes(inputGradient, shape.Input, start, count).copy_(Inside(padded, shape.Input, shape.Window));
        });
    }

    private void FilterGradients(Conv2dShape shape, Activations x, Activations dz, Tensor filters, DeviceBuffer biasGradient, int batch)
    {
        Tensor inputs = Batch(x, batch), gradient = Batch(dz, batch);
        filters.zero_();
        ForParts(shape, batch, (start, count) =>
        {
            (Tensor places, Tensor windows) = (Places(gradient, shape, start, count), Windows(inputs, shape, start, count));
            if (shape.Groups == 1)
                filters.addmm_(places, windows.t());
            else
                filters.add_(ByGroup(shape, places).bmm(ByGroup(shape, windows).transpose(1, 2)).flatten(0, 1), One);
        });
        Values(biasGradient).copy_(gradient.view(shape.Filters, shape.Output.Pixels, batch).sum([1, 2]));
    }

    /// <summary>Calls an action with the first sample and the number of samples of each part of a batch.</summary>
    private void ForParts(Conv2dShape shape, int batch, Action<int, int> part)
    {
        long values = (long)shape.Groups * shape.FanIn * shape.Output.Pixels;
        int samples = (int)Math.Clamp((device.IsCpu ? WindowsOnCpu : WindowsOnGpu) / values, 1, Math.Max(1, batch));
        for (int start = 0; start < batch; start += samples)
        {
            using DisposeScope temporaries = NewDisposeScope();
            part(start, Math.Min(samples, batch - start));
        }
    }

    /// <summary>Gathers the inputs of the window: [groups · fan-in, places · samples].</summary>
    private Tensor Windows(Tensor inputs, Conv2dShape shape, int start, int count)
    {
        (WindowSide rows, WindowSide columns) = (shape.Window.Rows, shape.Window.Columns);
        Tensor padded = Padded(Planes(inputs, shape.Input, start, count), shape.Input, shape.Window, count);
        return padded.unfold(1, rows.Reach, rows.Stride).unfold(2, columns.Reach, columns.Stride)
            .slice(4, 0, rows.Reach, rows.Dilation).slice(5, 0, columns.Reach, columns.Dilation)
            .permute(0, 4, 5, 1, 2, 3).reshape((long)shape.Groups * shape.FanIn, (long)shape.Output.Pixels * count);
    }

    /// <summary>Returns the values of each place of the window: [filters, places · samples].</summary>
    private static Tensor Places(Tensor outputs, Conv2dShape shape, int start, int count) =>
        Planes(outputs, shape.Output, start, count).reshape(shape.Filters, (long)shape.Output.Pixels * count);

    /// <summary>Returns some samples, [channels, height, width, samples], with their padding; the samples themselves if there is none.</summary>
    private Tensor Padded(Tensor planes, ImageShape image, Window2d window, int count)
    {
        if (!window.HasPadding)
            return planes;
        Tensor padded = Padded(image, window, count);
        Inside(padded, image, window).copy_(planes);
        return padded;
    }

    /// <summary>Allocates zeros for some samples and their padding: [channels, rows, columns, samples].</summary>
    private Tensor Padded(ImageShape image, Window2d window, int count) => zeros(
        [image.Channels, image.Height + (2L * window.Rows.Padding), image.Width + (2L * window.Columns.Padding), count],
        device.ScalarType, device.Place);

    private static Tensor Inside(Tensor padded, ImageShape image, Window2d window) =>
        padded.narrow(1, window.Rows.Padding, image.Height).narrow(2, window.Columns.Padding, image.Width);

    /// <summary>Returns some samples of a batch as [channels, height, width, samples].</summary>
    private static Tensor Planes(Tensor values, ImageShape shape, int start, int count) =>
        values.narrow(1, start, count).view(shape.Channels, shape.Height, shape.Width, count);

    /// <summary>Returns the pixels that one pixel of a window sees at all its places; a view.</summary>
    private static Tensor Seen(Tensor padded, int row, int column, ImageShape places, Window2d window)
    {
        return Reached(Reached(padded, 1, row, places.Height, window.Rows), 2, column, places.Width, window.Columns);

        // The rows, or columns, that one row, or column, of the window sees at its places.
        static Tensor Reached(Tensor all, int dimension, int index, int count, WindowSide side)
        {
            long first = (long)index * side.Dilation;
            return all.slice(dimension, first, first + ((count - 1L) * side.Stride) + 1, side.Stride);
        }
    }

    /// <summary>Returns a matrix whose rows belong to groups as one matrix for each group; a view.</summary>
    private static Tensor ByGroup(Conv2dShape shape, Tensor rows) => rows.view(shape.Groups, rows.shape[0] / shape.Groups, rows.shape[1]);

    private static Tensor Filters(DeviceBuffer weights, Conv2dShape shape) => Values(weights).view(shape.Filters, shape.FanIn);
}

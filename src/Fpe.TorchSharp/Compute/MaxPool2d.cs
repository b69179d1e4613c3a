using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch)
    {
        if (batch == 0)
            return;
        Run(() => Batch(y, batch).copy_(Features(nn.functional.max_pool2d(
            Images(x, shape.Input, batch), [shape.Kernel, shape.Kernel], [shape.Stride, shape.Stride]))));
    }

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            // The largest is the first of equals, and the first that is not a number where there is one.
            Tensor windows = Images(x, shape.Input, batch).unfold(2, shape.Kernel, shape.Stride).unfold(3, shape.Kernel, shape.Stride).flatten(4);
            Tensor largest = windows.argmax(4);
            using Scalar kernel = (long)shape.Kernel, width = (long)shape.Input.Width, whole = 1L;
            Tensor row = largest.div(kernel, RoundingMode.floor);
            Tensor column = largest.sub(row.mul(kernel));
            row.add_(Starts(shape, shape.Output.Height).unsqueeze(1), whole);
            column.add_(Starts(shape, shape.Output.Width), whole);
            Tensor pixel = row.mul_(width).add_(column, whole).flatten(2);
            Tensor gradient = zeros([batch, shape.Input.Channels, shape.Input.Pixels], device.ScalarType, device.Place);
            gradient.scatter_add_(2, pixel, Images(dy, shape.Output, batch).flatten(2));
            Batch(dx, batch).copy_(Features(gradient));
        });
    }

    /// <summary>The first row, or column, of the window at each place.</summary>
    private Tensor Starts(Pool2dShape shape, int places)
    {
        using Scalar start = 0L, end = (long)places * shape.Stride, step = (long)shape.Stride;
        return arange(start, end, step, int64, device.Place);
    }

    /// <summary>Returns activations in libtorch's layout of images: [batch, channels, height, width].</summary>
    private static Tensor Images(Activations activations, ImageShape shape, int batch) =>
        Batch(activations, batch).t().contiguous().view(batch, shape.Channels, shape.Height, shape.Width);

    /// <summary>Images as activations have them: [features, batch].</summary>
    private static Tensor Features(Tensor images) => images.flatten(1).t();
}

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
        (WindowSide rows, WindowSide columns) = (shape.Window.Rows, shape.Window.Columns);
        Run(() => Batch(y, batch).copy_(Features(nn.functional.max_pool2d(
            Images(x, shape.Input, batch), [rows.Kernel, columns.Kernel], [rows.Stride, columns.Stride], [rows.Padding, columns.Padding]))));
    }

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            // Among equal maxima, the first one gets the gradient; if there are NaNs, the first NaN does.
            (WindowSide rows, WindowSide columns) = (shape.Window.Rows, shape.Window.Columns);
            Tensor windows = Framed(Images(x, shape.Input, batch), shape)
                .unfold(2, rows.Kernel, rows.Stride).unfold(3, columns.Kernel, columns.Stride).flatten(4);
            Tensor largest = windows.argmax(4);
            using Scalar kernel = (long)columns.Kernel, width = (long)shape.Input.Width + (2L * columns.Padding), whole = 1L;
            Tensor row = largest.div(kernel, RoundingMode.floor);
            Tensor column = largest.sub(row.mul(kernel));
            row.add_(Starts(rows, shape.Output.Height).unsqueeze(1), whole);
            column.add_(Starts(columns, shape.Output.Width), whole);
            Tensor pixel = row.mul_(width).add_(column, whole).flatten(2);
            (long framedRows, long framedColumns) = (shape.Input.Height + (2L * rows.Padding), shape.Input.Width + (2L * columns.Padding));
            Tensor gradient = zeros([batch, shape.Input.Channels, framedRows * framedColumns], device.ScalarType, device.Place);
            gradient.scatter_add_(2, pixel, Images(dy, shape.Output, batch).flatten(2));
            Tensor images = gradient.view(batch, shape.Input.Channels, framedRows, framedColumns)
                .narrow(2, rows.Padding, shape.Input.Height).narrow(3, columns.Padding, shape.Input.Width);
            Batch(dx, batch).copy_(Features(images));
        });
    }

    /// <summary>Returns images, [batch, channels, height, width], with padding that is less than any of their values.</summary>
    private Tensor Framed(Tensor images, Pool2dShape shape)
    {
        if (!shape.Window.HasPadding)
            return images;
        (long rows, long columns) = (shape.Window.Rows.Padding, shape.Window.Columns.Padding);
        using Scalar least = device.ScalarType == ScalarType.Float64 ? double.MinValue : float.MinValue;
        return nn.functional.pad(images.clamp_min(least), [columns, columns, rows, rows], PaddingModes.Constant, double.NegativeInfinity);
    }

    /// <summary>Returns the first row or column of the window at each place, counted from the border of the padded image.</summary>
    private Tensor Starts(WindowSide side, int places)
    {
        using Scalar start = 0L, end = (long)places * side.Stride, step = (long)side.Stride;
        return arange(start, end, step, int64, device.Place);
    }

    /// <summary>Returns activations in libtorch's layout of images: [batch, channels, height, width].</summary>
    private static Tensor Images(Activations activations, ImageShape shape, int batch) =>
        Batch(activations, batch).t().contiguous().view(batch, shape.Channels, shape.Height, shape.Width);

    /// <summary>Images as activations have them: [features, batch].</summary>
    private static Tensor Features(Tensor images) => images.flatten(1).t();
}

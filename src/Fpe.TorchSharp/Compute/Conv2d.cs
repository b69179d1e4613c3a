using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            Tensor outputs = Batch(y, batch);
            outputs.copy_(Features(nn.functional.conv2d(
                Images(x, shape.Input, batch), Filters(weights, shape), Values(bias),
                strides: [shape.Stride, shape.Stride], padding: [shape.Padding, shape.Padding])));
            if (z is not null)
                Batch(z, batch).copy_(outputs);
            Activate(function, outputs);
        });
    }

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        if (batch == 0)
            return;
        Run(() => Batch(dx, batch).copy_(Features(nn.functional.conv_transpose2d(
            Images(dz, shape.Output, batch), Filters(weights, shape),
            strides: [shape.Stride, shape.Stride], padding: [shape.Padding, shape.Padding],
            output_padding: [Unseen(shape, shape.Input.Height), Unseen(shape, shape.Input.Width)]))));
    }

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) => Run(() =>
    {
        if (batch == 0)
        {
            Values(weightGradient).zero_();
            Values(biasGradient).zero_();
            return;
        }

        // A convolution of the images with the gradient, in which samples are the channels and the stride lies between the weights.
        Tensor gradient = Images(dz, shape.Output, batch);
        Tensor all = nn.functional.conv2d(
            Images(x, shape.Input, batch).transpose(0, 1), gradient.transpose(0, 1),
            padding: [shape.Padding, shape.Padding], dilation: [shape.Stride, shape.Stride]);
        Filters(weightGradient, shape).copy_(all.narrow(2, 0, shape.Kernel).narrow(3, 0, shape.Kernel).transpose(0, 1));
        Values(biasGradient).copy_(gradient.sum([0, 2, 3]));
    });

    /// <summary>Activations as libtorch has images: [batch, channels, height, width].</summary>
    private static Tensor Images(Activations activations, ImageShape shape, int batch) =>
        Batch(activations, batch).t().contiguous().view(batch, shape.Channels, shape.Height, shape.Width);

    /// <summary>Images as activations have them: [features, batch].</summary>
    private static Tensor Features(Tensor images) => images.flatten(1).t();

    private static Tensor Filters(DeviceBuffer weights, Conv2dShape shape) =>
        Values(weights).view(shape.Filters, shape.Input.Channels, shape.Kernel, shape.Kernel);

    /// <summary>Rows or columns at the end that no window reaches.</summary>
    private static int Unseen(Conv2dShape shape, int size) => (size + (2 * shape.Padding) - shape.Kernel) % shape.Stride;
}

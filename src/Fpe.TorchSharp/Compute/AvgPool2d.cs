using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) => Run(() =>
    {
        Tensor means = Batch(y, batch).zero_();
        Tensor sums = Planes(means, shape.Output, 0, batch);
        foreach (Tensor seen in Seen(Planes(Batch(x, batch), shape.Input, 0, batch), shape))
            sums.add_(seen, One);
        using Scalar count = (double)shape.Kernel * shape.Kernel;
        means.div_(count);
    });

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) => Run(() =>
    {
        using Scalar count = (double)shape.Kernel * shape.Kernel;
        Tensor share = Planes(Batch(dy, batch).div(count), shape.Output, 0, batch);
        foreach (Tensor seen in Seen(Planes(Batch(dx, batch).zero_(), shape.Input, 0, batch), shape))
            seen.add_(share, One);
    });

    /// <summary>The pixels that each pixel of the window sees at all its places; views.</summary>
    private static IEnumerable<Tensor> Seen(Tensor planes, Pool2dShape shape)
    {
        for (int row = 0; row < shape.Kernel; row++)
        {
            for (int column = 0; column < shape.Kernel; column++)
                yield return Seen(planes, row, column, shape.Output, shape.Stride);
        }
    }
}

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
        Tensor padded = Padded(Planes(Batch(x, batch), shape.Input, 0, batch), shape.Input, shape.Window, batch);
        foreach (Tensor seen in Seen(padded, shape))
            sums.add_(seen, One);
        using Scalar count = (double)shape.Window.Count;
        means.div_(count);
    });

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) => Run(() =>
    {
        using Scalar count = (double)shape.Window.Count;
        Tensor share = Planes(Batch(dy, batch).div(count), shape.Output, 0, batch);
        Tensor padded = Padded(shape.Input, shape.Window, batch);
        foreach (Tensor seen in Seen(padded, shape))
            seen.add_(share, One);
        Planes(Batch(dx, batch), shape.Input, 0, batch).copy_(Inside(padded, shape.Input, shape.Window));
    });

    /// <summary>Returns the pixels that each pixel of the window sees at all its places; views.</summary>
    private static IEnumerable<Tensor> Seen(Tensor padded, Pool2dShape shape)
    {
        for (int row = 0; row < shape.Window.Rows.Kernel; row++)
        {
            for (int column = 0; column < shape.Window.Columns.Kernel; column++)
                yield return Seen(padded, row, column, shape.Output, shape.Window);
        }
    }
}

using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) =>
        PlainAvgPool2d<T>.Forward(shape, Batch(x, batch), Batch(y, batch));

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) =>
        PlainAvgPool2d<T>.InputGradient(shape, Batch(dy, batch), Batch(dx, batch));
}

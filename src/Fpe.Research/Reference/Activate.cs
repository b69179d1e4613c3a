using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Activate(ElementFunction function, Activations x, Activations y, int batch) =>
        PlainActivation<T>.Apply(function, Batch(x, batch), Batch(y, batch));
}

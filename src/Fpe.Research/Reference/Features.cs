using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        PlainFeatures<T>.Copy(Batch(x, batch), x.Features, from, Batch(y, batch), y.Features, to, count, batch);

    public void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        PlainFeatures<T>.Add(Batch(x, batch), x.Features, from, Batch(y, batch), y.Features, to, count, batch);
}

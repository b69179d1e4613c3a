using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        Run(() => Batch(y, batch).narrow(0, to, count).copy_(Batch(x, batch).narrow(0, from, count)));

    public void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch) =>
        Run(() => Batch(y, batch).narrow(0, to, count).add_(Batch(x, batch).narrow(0, from, count), One));

    /// <summary>Returns images as [channels, places, batch]; vectors have one place.</summary>
    private static Tensor Channels(Activations activations, int places, int batch) =>
        Batch(activations, batch).view(activations.Features / places, places, batch);
}

using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void MeanOfPlaces(int places, Activations x, Activations y, int batch) => Run(() =>
    {
        using Scalar count = (double)places;
        Batch(y, batch).copy_(Channels(x, places, batch).sum(1).div_(count));
    });

    public void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch) => Run(() =>
    {
        using Scalar count = (double)places;
        Channels(dx, places, batch).copy_(Batch(dy, batch).div(count).unsqueeze(1));
    });
}

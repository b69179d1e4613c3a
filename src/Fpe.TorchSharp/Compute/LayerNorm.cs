using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics,
        int batch) => Run(() =>
    {
        using Scalar least = epsilon;
        Tensor values = Channels(x, places, batch);
        Tensor mean = values.mean([0], keepdim: true);
        Tensor centred = values.sub(mean);
        Tensor inverse = centred.mul(centred).mean([0], keepdim: true).add_(least, One).rsqrt_();
        Tensor moments = Channels(statistics, places, batch);
        moments.narrow(0, 0, 1).copy_(mean);
        moments.narrow(0, 1, 1).copy_(inverse);
        Channels(y, places, batch).copy_(centred.mul_(inverse).mul_(PerChannel(Values(scale))).add_(PerChannel(Values(shift)), One));
    });

    public void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) => Run(() =>
    {
        Tensor normalised = Normalised(places, statistics, x, batch);
        Tensor gradient = Channels(dy, places, batch).mul(PerChannel(Values(scale)));
        Tensor meanProduct = gradient.mul(normalised).mean([0], keepdim: true);
        gradient.sub_(gradient.mean([0], keepdim: true));
        gradient.addcmul_(normalised, meanProduct, MinusOne);
        Channels(dx, places, batch).copy_(gradient.mul_(Channels(statistics, places, batch).narrow(0, 1, 1)));
    });

    public void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) => Run(() =>
    {
        Tensor gradient = Channels(dy, places, batch);
        Values(scaleGradient).copy_(Normalised(places, statistics, x, batch).mul_(gradient).sum([1, 2]));
        Values(shiftGradient).copy_(gradient.sum([1, 2]));
    });

    /// <summary>Computes (x − μ) / √(v + ε) from the statistics of the places.</summary>
    private static Tensor Normalised(int places, Activations statistics, Activations x, int batch)
    {
        Tensor moments = Channels(statistics, places, batch);
        return Channels(x, places, batch).sub(moments.narrow(0, 0, 1)).mul_(moments.narrow(0, 1, 1));
    }
}

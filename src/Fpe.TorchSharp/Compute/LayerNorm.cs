using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void LayerNormForward(
        DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch) =>
        Run(() =>
        {
            using Scalar least = epsilon;
            Tensor values = Batch(x, batch);
            Tensor mean = values.mean([0], keepdim: true);
            Tensor centred = values.sub(mean);
            Tensor inverse = centred.mul(centred).mean([0], keepdim: true).add_(least, One).rsqrt_();
            Tensor moments = Batch(statistics, batch);
            moments.narrow(0, 0, 1).copy_(mean);
            moments.narrow(0, 1, 1).copy_(inverse);
            Batch(y, batch).copy_(centred.mul_(inverse).mul_(Values(scale).unsqueeze(1)).add_(Values(shift).unsqueeze(1), One));
        });

    public void LayerNormInputGradient(
        DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) => Run(() =>
    {
        Tensor normalised = Normalised(statistics, x, batch);
        Tensor gradient = Batch(dy, batch).mul(Values(scale).unsqueeze(1));
        Tensor meanProduct = gradient.mul(normalised).mean([0], keepdim: true);
        gradient.sub_(gradient.mean([0], keepdim: true));
        gradient.addcmul_(normalised, meanProduct, MinusOne);
        Batch(dx, batch).copy_(gradient.mul_(Batch(statistics, batch).narrow(0, 1, 1)));
    });

    public void LayerNormParameterGradient(
        Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient, int batch) =>
        Run(() =>
        {
            Values(scaleGradient).copy_(Normalised(statistics, x, batch).mul_(Batch(dy, batch)).sum(1));
            Values(shiftGradient).copy_(Batch(dy, batch).sum(1));
        });

    /// <summary>Computes (x − μ) / √(v + ε) from the statistics of the samples.</summary>
    private static Tensor Normalised(Activations statistics, Activations x, int batch)
    {
        Tensor moments = Batch(statistics, batch);
        return Batch(x, batch).sub(moments.narrow(0, 0, 1)).mul_(moments.narrow(0, 1, 1));
    }
}

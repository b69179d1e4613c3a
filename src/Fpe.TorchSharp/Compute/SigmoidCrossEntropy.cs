using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void SigmoidCrossEntropy(
        Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) => Run(() =>
    {
        Tensor z = Batch(logits, batch);
        Tensor t = Batch(targets, batch);
        using Scalar count = (double)batch * logits.Features;
        Tensor terms = z.abs().neg_().exp_().log1p_().add_(z.clamp_min(Zero), One).sub_(z.mul(t));
        Slot(losses, slot).copy_(terms.sum().div_(count));
        if (gradient is not null)
            Batch(gradient, batch).copy_(z.sigmoid().sub_(t).div_(count));
    });
}

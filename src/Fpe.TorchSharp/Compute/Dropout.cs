using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) => Run(() =>
    {
        Tensor outputs = Batch(y, batch);
        if (!ReferenceEquals(x, y))
            outputs.copy_(Batch(x, batch));
        if (rate == 0 || batch == 0)
            return;

        // A word counts by its upper 24 bits u: u · 2⁻²⁴ < rate is u < ⌈rate · 2²⁴⌉, and the word < ⌈rate · 2²⁴⌉ · 2⁸.
        using Scalar threshold = (long)Math.Ceiling(rate * (1 << 24)) << 8, scale = 1 / (1 - rate);
        Tensor dropped = PhiloxTensor.Words(seed, stream, batch * (long)x.Features, device.Place)
            .lt(threshold);
        outputs.mul_(scale).masked_fill_(dropped.view(batch, x.Features).t(), Zero);
    });
}

using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        DropoutOfChannels(places: 1, rate, seed, stream, x, y, batch);

    public void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) => Run(() =>
    {
        // Channels are numbered sample by sample.
        Tensor outputs = Batch(y, batch);
        if (!ReferenceEquals(x, y))
            outputs.copy_(Batch(x, batch));
        if (rate > 0 && batch > 0)
            Drop(rate, seed, stream, outputs.view(y.Features / places, places, batch).permute(2, 0, 1));
    });

    /// <summary>Drops the channels of [batch, channels, places], and scales the others by 1 / (1 − rate).</summary>
    private void Drop(double rate, ulong seed, ulong stream, Tensor values)
    {
        // Only the upper 24 bits u of a word are used: u · 2⁻²⁴ < rate is u < ⌈rate · 2²⁴⌉, and so the word < ⌈rate · 2²⁴⌉ · 2⁸.
        using Scalar threshold = (long)Math.Ceiling(rate * (1 << 24)) << 8, scale = 1 / (1 - rate);
        Tensor dropped = PhiloxTensor.Words(seed, stream, values.shape[0] * values.shape[1], device.Place).lt(threshold);
        values.mul_(scale).masked_fill_(dropped.view(values.shape[0], values.shape[1], 1), Zero);
    }
}

using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch) => Run(() =>
    {
        Tensor isEmpty = Batch(tokens, batch).lt(Zero).unsqueeze(0);
        Tensor present = Channels(x, tokens.Features, batch).masked_fill(isEmpty, Zero);
        Batch(y, batch).copy_(present.sum(1).div_(CountTokens(tokens, batch)));
    });

    public void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch) => Run(() =>
    {
        Tensor share = Batch(dy, batch).div(CountTokens(tokens, batch)).unsqueeze(1);
        Tensor gradient = Channels(dx, tokens.Features, batch).copy_(share);
        gradient.masked_fill_(Batch(tokens, batch).lt(Zero).unsqueeze(0), Zero);
    });
}

using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch) =>
        PlainMeanOfTokens<T>.Forward(tokens.Features, Batch(tokens, batch), Batch(x, batch), Batch(y, batch));

    public void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch) =>
        PlainMeanOfTokens<T>.Gradient(tokens.Features, Batch(tokens, batch), Batch(dy, batch), Batch(dx, batch));
}

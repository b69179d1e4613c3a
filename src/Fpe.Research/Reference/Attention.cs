using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch) =>
        PlainAttention<T>.Forward(
            shape, Batch(qkv, batch), tokens is null ? default : Batch(tokens, batch), Batch(probabilities, batch), Batch(y, batch));

    public void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch) =>
        PlainAttention<T>.InputGradient(
            shape, Batch(qkv, batch), Batch(probabilities, batch), Batch(dy, batch), Batch(dqkv, batch));
}

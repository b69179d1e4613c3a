using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        KernelIndices.CheckTokens<T>(Batch(tokens, batch), tokens.Features, table.Length / dimension);
        PlainEmbedding<T>.Forward(
            Values(table), positions is null ? default : Values(positions), dimension, tokens.Features, Batch(tokens, batch),
            Batch(y, batch));
    }

    public void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        KernelIndices.CheckTokens<T>(Batch(tokens, batch), tokens.Features, table.Length / dimension);
        PlainEmbedding<T>.BagForward(Values(table), dimension, mean, tokens.Features, Batch(tokens, batch), Batch(y, batch));
    }

    public void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        KernelIndices.CheckTokens<T>(Batch(tokens, batch), tokens.Features, slots.Length);
        PlainEmbedding<T>.Gradient(
            dimension, tokens.Features, Batch(tokens, batch), Batch(dy, batch), Values(slots), Values(rows), Values(gradient),
            positionGradient is null ? default : Values(positionGradient));
    }

    public void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        KernelIndices.CheckTokens<T>(Batch(tokens, batch), tokens.Features, slots.Length);
        PlainEmbedding<T>.BagGradient(
            dimension, mean, tokens.Features, Batch(tokens, batch), Batch(dy, batch), Values(slots), Values(rows), Values(gradient));
    }
}

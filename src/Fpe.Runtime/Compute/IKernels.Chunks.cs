namespace Fpe.Compute;

/// <content>Gradients of several parts of a batch.</content>
public partial interface IKernels
{
    /// <summary>
    /// <see cref="EdgeWeightGradient"/>, or <see cref="EdgeWeightGradientThrough"/> where there is a reader, of each chunk, and the sum of them (=),
    /// bit for bit: each is rounded on its own, then they are added two by two, ((c₀ + c₁) + (c₂ + c₃)) + …. In one kernel, a device can add them
    /// before they reach memory; <see cref="DeviceEdges.ChunksAtOnce"/> says whether it does.
    /// </summary>
    /// <param name="edges">The edges of the layer.</param>
    /// <param name="function">Its activation function, or the identity after <see cref="EdgeInputGradient"/>.</param>
    /// <param name="chunks">The chunks; their number is a power of two, and at most what <see cref="DeviceEdges.ChunksAtOnce"/> allows.</param>
    /// <param name="weightGradient">Receives the sum of dW: a buffer over <paramref name="edges"/>.</param>
    /// <param name="biasGradient">Receives the sum of db: one element per output.</param>
    void EdgeWeightGradientOfChunks(
        DeviceEdges edges, ElementFunction function, ReadOnlySpan<EdgeChunk> chunks, DeviceBuffer weightGradient, DeviceBuffer biasGradient)
    {
        if (chunks.Length == 1)
        {
            EdgeChunk only = chunks[0];
            if (only.Reader is { } reader)
                EdgeWeightGradientThrough(reader, edges, function, only.X, only.Z, only.Y, only.Dy, weightGradient, biasGradient, only.Batch);
            else
                EdgeWeightGradient(edges, function, only.X, only.Z, only.Y, only.Dy, weightGradient, biasGradient, only.Batch);
            return;
        }

        using DeviceBuffer firstWeights = edges.Device.Allocate(weightGradient.Length), firstBiases = edges.Device.Allocate(biasGradient.Length);
        EdgeWeightGradientOfChunks(edges, function, chunks[..(chunks.Length / 2)], firstWeights, firstBiases);
        EdgeWeightGradientOfChunks(edges, function, chunks[(chunks.Length / 2)..], weightGradient, biasGradient);
        AddAll([firstWeights], weightGradient);
        AddAll([firstBiases], biasGradient);
    }
}

using System.Numerics;

namespace Fpe.Compute;

/// <content>Gradients of several parts of a batch.</content>
internal sealed partial class CheckedKernels
{
    public void EdgeWeightGradientOfChunks(
        DeviceEdges edges, ElementFunction function, ReadOnlySpan<EdgeChunk> chunks, DeviceBuffer weightGradient, DeviceBuffer biasGradient)
    {
        arguments.Check(edges);
        if (!BitOperations.IsPow2(chunks.Length))
            throw new ArgumentException($"{chunks.Length} chunks cannot be added two by two; their number must be a power of two.", nameof(chunks));
        foreach (ref readonly EdgeChunk chunk in chunks)
        {
            if (chunk.Reader is { } reader)
                CheckReader(in reader, chunk.Dy, chunk.Batch);
            CheckWeightGradient(edges, function, chunk.X, chunk.Z, chunk.Y, chunk.Dy, weightGradient, biasGradient, chunk.Batch);
        }

        kernels.EdgeWeightGradientOfChunks(edges, function, chunks, weightGradient, biasGradient);
        KeepAlive(chunks);
        KeepAlive(edges, weightGradient, biasGradient);
    }

    private void CheckReader(in EdgeReader reader, Activations dy, int batch)
    {
        arguments.Check(reader.Edges);
        arguments.Check(reader.Weights, reader.Edges.StorageLength);
        CheckSlope(ActivationFunction.Identity, null, reader.Output, reader.Gradient, reader.Edges.Layout.OutputCount, batch);
        arguments.Check(dy, reader.Edges.Layout.InputCount, batch, reader.Gradient);
        KernelArguments.CheckDistinct(reader.Gradient, dy);
        KernelArguments.CheckDistinct(reader.Output, dy);
    }

    private void CheckWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        arguments.Check(x, edges.Layout.InputCount, batch);
        CheckSlope(function, z, y, dy, edges.Layout.OutputCount, batch);
        arguments.Check(dy, edges.Layout.OutputCount, batch, x);
        arguments.Check(weightGradient, edges.StorageLength);
        arguments.Check(biasGradient, edges.Layout.OutputCount);
    }
}

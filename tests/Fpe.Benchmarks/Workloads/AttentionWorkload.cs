using Fpe.Compute;

namespace Fpe.Benchmarks.Workloads;

/// <summary>Self-attention without empty places, and its gradient.</summary>
internal sealed class AttentionWorkload : IDisposable
{
    private readonly AttentionShape shape;
    private readonly int batch;
    private readonly Activations qkv, dqkv, probabilities, y, dy;

    /// <summary>Creates the buffers, with any values.</summary>
    public AttentionWorkload(AttentionShape shape, int batch)
    {
        (this.shape, this.batch) = (shape, batch);
        (qkv, dqkv) = (Filled(shape.InputCount), Filled(shape.InputCount));
        probabilities = Filled(shape.ProbabilityCount);
        (y, dy) = (Filled(shape.OutputCount), Filled(shape.OutputCount));
    }

    private static IKernels Kernels => Device.Default.Kernels;

    public void Forward() => Kernels.AttentionForward(shape, qkv, null, probabilities, y, batch);

    public void Step()
    {
        Forward();
        Kernels.AttentionInputGradient(shape, qkv, probabilities, dy, dqkv, batch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Activations activations in (Activations[])[qkv, dqkv, probabilities, y, dy])
            activations.Dispose();
    }

    private Activations Filled(int features)
    {
        Activations activations = Device.Default.AllocateActivations(features, batch);
        activations.Write([.. Enumerable.Range(0, features * batch).Select(i => (i * 37 % 101 - 50) / 100f)], batch);
        return activations;
    }
}

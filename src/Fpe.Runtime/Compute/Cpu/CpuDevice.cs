namespace Fpe.Compute.Cpu;

/// <summary>
/// The processor, in single precision. Kernels are vectorised, allocate nothing, and give the same bits on one machine
/// whatever the number of threads; they may run at the same time on buffers that do not overlap.
/// </summary>
public sealed class CpuDevice : Device
{
    private CpuDevice() => Kernels = new CheckedKernels(this, new CpuKernels());

    /// <summary>The device; it has no state, so there is one for all models.</summary>
    public static CpuDevice Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Float32;

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    /// <inheritdoc/>
    public override DeviceBuffer Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new CpuBuffer(this, length);
    }

    /// <inheritdoc/>
    public override IndexBuffer AllocateIndices(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new CpuIndexBuffer(this, length);
    }

    /// <inheritdoc/>
    public override Activations AllocateActivations(int features, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return new CpuActivations(this, features, capacity);
    }

    /// <inheritdoc/>
    public override DeviceEdges Prepare(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new CpuEdges(this, layout);
    }
}

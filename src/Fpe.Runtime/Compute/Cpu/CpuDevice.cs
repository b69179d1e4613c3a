namespace Fpe.Compute.Cpu;

/// <summary>
/// The processor, in single precision. Kernels are vectorised, allocate nothing, and give the same bits on one machine
/// whatever the number of threads; they may run at the same time on buffers that do not overlap.
/// </summary>
public sealed class CpuDevice : Device
{
    private WorkerPool? pool;

    /// <summary>Makes a device.</summary>
    /// <param name="threads">Threads that a kernel may use, the caller's among them; at least 1.</param>
    public CpuDevice(int threads = 1)
        : this(threads, VectorWidths.Fastest)
    {
    }

    /// <summary>Makes a device that uses vectors of a given width, which any processor can: those it does not have are composed.</summary>
    internal CpuDevice(int threads, VectorWidth width)
    {
        Threads = threads;
        Width = width;
        Kernels = Checked(new CpuKernels(this));
    }

    /// <summary>The device that models share unless they are given another.</summary>
    public static CpuDevice Instance { get; } = new();

    /// <summary>
    /// Threads that a kernel may use, the caller's among them; 1 at first. Where several callers compute at the same time, one of
    /// them is helped and the others use their own thread only.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            if (value == field)
                return;
            field = value;
            Interlocked.Exchange(ref pool, value == 1 ? null : new WorkerPool(value - 1))?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Float32;

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    /// <summary>The widest vectors that kernels use; chosen once.</summary>
    internal VectorWidth Width { get; }

    /// <summary>The threads that help; null where there are none.</summary>
    internal WorkerPool? Pool => pool;

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

    /// <inheritdoc/>
    public override DeviceEdges PrepareFilters(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new CpuFilters(this, layout);
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The CPU, in single precision. Kernels are vectorised, allocate nothing, and compute the same bits on one machine for any number of
/// threads; they may run concurrently on buffers that do not overlap.
/// </summary>
public sealed class CpuDevice : Device
{
    private WorkerPool? pool;

    /// <summary>Creates a device.</summary>
    /// <param name="threads">Maximum number of threads of a kernel, including the caller's; at least 1.</param>
    public CpuDevice(int threads = 1)
        : this(threads, VectorWidths.Fastest)
    {
    }

    /// <summary>
    /// Creates a device that uses vectors of a given width; the runtime composes vectors that the processor does not support.
    /// </summary>
    internal CpuDevice(int threads, VectorWidth width)
    {
        Threads = threads;
        Width = width;
        Kernels = Checked(new CpuKernels(this));
    }

    /// <summary>The device that models share by default.</summary>
    public static CpuDevice Instance { get; } = new();

    /// <summary>
    /// Maximum number of threads of a kernel, including the caller's; initially 1. If several callers compute concurrently, one of them
    /// gets the additional threads and the others use only their own.
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

    /// <remarks>The runtime chooses the instructions, so its version counts as well as the processor.</remarks>
    internal override string Arithmetic =>
        $"device '{Name}' with vectors of {Width.Bits()} bits {(Fma.IsSupported || AdvSimd.IsSupported ? "and" : "without")} fused multiply-add on {RuntimeInformation.ProcessArchitecture}, .NET {Environment.Version}";

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    /// <summary>The widest vectors that kernels use; fixed at construction.</summary>
    internal VectorWidth Width { get; }

    /// <summary>The additional threads; null if there are none.</summary>
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

using Fpe.Compute;
using Fpe.Gpu.Compute;
using ILGPU.Runtime;
using Device = Fpe.Compute.Device;

namespace Fpe.Gpu;

/// <summary>
/// A GPU of any maker, in single precision: NVIDIA's through CUDA, others through OpenCL. Only the driver is needed. No kernel waits for
/// the GPU, except those of embeddings.
/// </summary>
/// <remarks>Two devices for the same hardware are still separate devices: buffers of one cannot be used with the other.</remarks>
public sealed class GpuDevice : Device
{
    private GpuException? lost;

    /// <summary>Makes a device of an accelerator, of whose memory it uses what <paramref name="info"/> says.</summary>
    internal GpuDevice(GpuInfo info, Accelerator accelerator)
    {
        Info = info;
        Accelerator = accelerator;
        Queue = accelerator.DefaultStream;
        Memory = new MemoryPool(info, accelerator);
        Kernels = Checked(new GpuKernels(this));
    }

    /// <summary>Gets the devices that the system shows, GPUs first.</summary>
    /// <exception cref="GpuException">A driver does not answer.</exception>
    public static IReadOnlyList<GpuInfo> All => GpuSystem.All;

    /// <summary>Gets the name of the device: <c>gpu</c> for the first GPU, <c>gpu:1</c> for the second, and so on.</summary>
    public override string Name => Info.Id;

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Float32;

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    /// <summary>Gets the system's description of the device.</summary>
    public GpuInfo Info { get; }

    /// <summary>Gets the bytes that this program holds on the device, including those that are kept for reuse.</summary>
    public long AllocatedMemory => Memory.Allocated;

    internal Accelerator Accelerator { get; }

    /// <summary>All work of the device, in order. Whoever holds its lock may add to it.</summary>
    internal AcceleratorStream Queue { get; }

    internal MemoryPool Memory { get; }

    /// <summary>Copies between host and device so far: each of them waited for the device.</summary>
    internal long HostCopies { get; private set; }

    /// <summary>Kernels that were launched so far.</summary>
    internal long Launches { get; private set; }

    /// <summary>Opens a device.</summary>
    /// <param name="number">Number of the device, as in <see cref="GpuInfo.Number"/>; 0 is the first GPU, and never a processor.</param>
    /// <exception cref="GpuException">There is no such device, or it cannot be used.</exception>
    public static GpuDevice Open(int number = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        (GpuInfo info, Accelerator accelerator) = GpuSystem.Open(number);
        return new GpuDevice(info, accelerator);
    }

    /// <inheritdoc/>
    public override DeviceBuffer Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new GpuBuffer(this, length);
    }

    /// <inheritdoc/>
    public override IndexBuffer AllocateIndices(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new GpuIndexBuffer(this, length);
    }

    /// <inheritdoc/>
    public override Activations AllocateActivations(int features, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return new GpuActivations(this, features, capacity);
    }

    /// <inheritdoc/>
    public override DeviceEdges Prepare(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new GpuEdges(this, layout, EdgeTables.Of(layout));
    }

    /// <inheritdoc/>
    public override DeviceEdges PrepareFilters(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new GpuEdges(this, layout, EdgeTables.OfFilters(layout));
    }

    /// <summary>Adds work to the queue.</summary>
    /// <exception cref="GpuException">The device is lost.</exception>
    internal void Run(Action<AcceleratorStream> work)
    {
        lock (Queue)
        {
            Guard();
            try
            {
                work(Queue);
            }
            catch (Exception error) when (GpuFailure.IsOfDriver(error))
            {
                throw Lost(error);
            }
        }
    }

    /// <summary>Adds a kernel to the queue.</summary>
    /// <exception cref="GpuException">The device is lost.</exception>
    internal void Launch(Action<AcceleratorStream> kernel)
    {
        Run(queue =>
        {
            kernel(queue);
            Launches++;
        });
    }

    /// <summary>Copies between host and device, and waits for all work so far.</summary>
    /// <exception cref="GpuException">The device is lost.</exception>
    internal void Wait(Action<AcceleratorStream> copy)
    {
        Run(queue =>
        {
            copy(queue);
            queue.Synchronize();
            HostCopies++;
        });
    }

    /// <summary>Makes the device current on this thread, as CUDA requires.</summary>
    /// <exception cref="GpuException">The device is lost.</exception>
    private void Guard()
    {
        if (lost is not null)
            throw new GpuException(lost.Message, lost);
        Accelerator.Bind();
    }

    /// <summary>Records that the device failed: nothing that it computes later can be trusted.</summary>
    private GpuException Lost(Exception error) => lost = GpuFailure.OfWork(Info, error);
}

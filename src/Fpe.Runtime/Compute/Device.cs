namespace Fpe.Compute;

/// <summary>
/// Stores the numbers of a model and computes with them. Layers and optimizers hold buffers and call <see cref="Kernels"/>; they never
/// access device memory directly, so devices are interchangeable.
/// </summary>
/// <remarks>
/// A device has no state except its resources and may be shared by models on several threads. Kernels may run concurrently and read the
/// same weights and edges; no two write to the same buffer.
/// </remarks>
public abstract partial class Device
{
    /// <summary>Name for messages and reports, such as <c>cpu</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number format of every <see cref="DeviceBuffer"/> and <see cref="Activations"/> of this device.</summary>
    public abstract ElementType ElementType { get; }

    /// <summary>What the bits of results depend on: two devices with the same text compute the same bits.</summary>
    internal virtual string Arithmetic => $"device '{Name}' in {ElementType}";

    /// <summary>The operations of this device.</summary>
    public abstract IKernels Kernels { get; }

    /// <summary>Allocates floating-point numbers, all zero.</summary>
    /// <param name="length">Number of elements; at least 0.</param>
    public abstract DeviceBuffer Allocate(int length);

    /// <summary>Allocates 32-bit integers, all zero.</summary>
    /// <param name="length">Number of elements; at least 0.</param>
    public abstract IndexBuffer AllocateIndices(int length);

    /// <summary>Allocates the values of one layer for a batch of samples, all zero.</summary>
    /// <param name="features">Values per sample; at least 1.</param>
    /// <param name="capacity">The largest batch that fits; at least 1.</param>
    public abstract Activations AllocateActivations(int features, int capacity);

    /// <summary>Prepares the structure of a layer on the device: index data and storage order for its kernels.</summary>
    public abstract DeviceEdges Prepare(EdgeLayout layout);

    /// <summary>
    /// Like <see cref="Prepare"/>, for the filters of a convolution, whose kernels may require a different storage order. Only the kernels
    /// of convolutions over edges (<see cref="IKernels.EdgeConv2dForward"/>) accept the result. Unless a device overrides this, both
    /// methods are equivalent.
    /// </summary>
    /// <param name="layout">Rows are filters, columns the channels, rows and columns of the window.</param>
    public virtual DeviceEdges PrepareFilters(EdgeLayout layout) => Prepare(layout);

    /// <summary>
    /// Wraps the kernels of the device in the argument checks that all devices share; <see cref="Kernels"/> must return the result. Kernels
    /// may then cast and index without further checks, except of index values (<see cref="KernelIndices"/>).
    /// </summary>
    /// <param name="kernels">The kernels as the device implements them.</param>
    protected IKernels Checked(IKernels kernels) => new CheckedKernels(this, kernels);
}

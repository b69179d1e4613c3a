namespace Fpe.Compute;

/// <summary>
/// Where a model's numbers live and are computed. Layers and optimizers hold buffers and call <see cref="Kernels"/>; none of
/// them reads device memory directly, so that one device can stand in for another.
/// </summary>
/// <remarks>
/// A device has no state except its resources and may be shared by models on several threads. Kernels run at the same time, also with
/// weights and edges that several of them read; no two write to the same buffer.
/// </remarks>
public abstract partial class Device
{
    /// <summary>Name for messages and reports, such as <c>cpu</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number format of every <see cref="DeviceBuffer"/> and <see cref="Activations"/> of this device.</summary>
    public abstract ElementType ElementType { get; }

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

    /// <summary>Brings the structure of a layer onto the device: index data and storage order for its kernels.</summary>
    public abstract DeviceEdges Prepare(EdgeLayout layout);

    /// <summary>
    /// As <see cref="Prepare"/>, for the filters of a convolution, whose kernels may want another storage order: what the kernels of
    /// convolutions over edges (<see cref="IKernels.EdgeConv2dForward"/>) take, and no others. Unless a device overrides this, both are the same.
    /// </summary>
    /// <param name="layout">Rows are filters, columns the channels, rows and columns of the window.</param>
    public virtual DeviceEdges PrepareFilters(EdgeLayout layout) => Prepare(layout);

    /// <summary>
    /// What <see cref="Kernels"/> has to return: the kernels of the device behind the checks of their arguments that all devices
    /// share, so that kernels may cast and index without checks of their own, but for indices (<see cref="KernelIndices"/>).
    /// </summary>
    /// <param name="kernels">The kernels as the device implements them.</param>
    protected IKernels Checked(IKernels kernels) => new CheckedKernels(this, kernels);
}

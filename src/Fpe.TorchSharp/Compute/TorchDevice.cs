using System.Runtime.InteropServices;
using Fpe.Compute;
using Fpe.Torch.Compute;
using TorchSharp;
using Device = Fpe.Compute.Device;

namespace Fpe.Torch;

/// <summary>
/// libtorch, on the CPU or an NVIDIA GPU. Kernels compute forward and backward passes explicitly; nothing is recorded for automatic
/// differentiation, and no kernel waits for the GPU.
/// </summary>
/// <remarks>Two devices for the same hardware are still separate devices: buffers of one cannot be used with the other.</remarks>
public sealed class TorchDevice : Device
{
    private TorchDevice(string name, torch.Device place, ElementType elementType)
    {
        Name = name;
        Place = place;
        ElementType = elementType;
        Kernels = Checked(new TorchKernels(this));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override ElementType ElementType { get; }

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    /// <summary>The corresponding libtorch device.</summary>
    public torch.Device Place { get; }

    /// <summary>Whether the device is the CPU.</summary>
    internal bool IsCpu => Place.type == DeviceType.CPU;

    /// <summary>The format of floating-point tensors.</summary>
    internal torch.ScalarType ScalarType =>
        ElementType == ElementType.Float64 ? torch.ScalarType.Float64 : torch.ScalarType.Float32;

    /// <summary>
    /// Creates a device for the CPU, named <c>torch-cpu</c>. The number of threads is set with <c>torch.set_num_threads</c>.
    /// </summary>
    /// <param name="elementType">The number format.</param>
    /// <exception cref="TorchDeviceException">libtorch cannot be loaded.</exception>
    public static TorchDevice Cpu(ElementType elementType = ElementType.Float32)
    {
        TorchLibrary.Load("torch-cpu", DeviceType.CPU);
        return new TorchDevice("torch-cpu", torch.CPU, elementType);
    }

    /// <summary>Creates a device for a GPU, named <c>torch-cuda</c> for the first, <c>torch-cuda:1</c> for the second, and so on.</summary>
    /// <param name="index">Number of the GPU, from 0.</param>
    /// <param name="elementType">The number format.</param>
    /// <exception cref="TorchDeviceException">libtorch for CUDA cannot be loaded, or the GPU does not exist.</exception>
    public static TorchDevice Cuda(int index = 0, ElementType elementType = ElementType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        string name = index == 0 ? "torch-cuda" : $"torch-cuda:{index}";
        TorchLibrary.Load(name, DeviceType.CUDA);
        int count = torch.cuda.device_count();
        if (index >= count)
            throw new TorchDeviceException($"{name}: libtorch sees {count} GPU(s), numbered from 0; choose one of them or torch-cpu.");
        return new TorchDevice(name, new torch.Device(DeviceType.CUDA, index), elementType);
    }

    /// <inheritdoc/>
    public override DeviceBuffer Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Guard(() => new TorchBuffer(this, length), $"a buffer of {length} numbers");
    }

    /// <inheritdoc/>
    public override IndexBuffer AllocateIndices(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Guard(() => new TorchIndexBuffer(this, length), $"a buffer of {length} indices");
    }

    /// <inheritdoc/>
    public override Activations AllocateActivations(int features, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return Guard(() => new TorchActivations(this, features, capacity), $"{capacity} samples of {features} values");
    }

    /// <inheritdoc/>
    public override DeviceEdges Prepare(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Guard(
            () => new TorchEdges(this, layout, EdgeProduct.For(this, layout)), $"a layer of {layout.OutputCount} × {layout.InputCount} weights");
    }

    /// <inheritdoc/>
    public override DeviceEdges PrepareFilters(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Guard(
            () => new TorchEdges(this, layout, new MatrixProduct(this, layout)), $"{layout.OutputCount} filters of {layout.InputCount} weights");
    }

    /// <summary>Allocates a tensor of zeros that lives until it is disposed, regardless of open dispose scopes.</summary>
    internal torch.Tensor Zeros(params ReadOnlySpan<long> shape) =>
        torch.zeros(shape, ScalarType, Place).DetachFromDisposeScope();

    /// <summary>Copies indices to a tensor that lives until it is disposed.</summary>
    internal torch.Tensor Indices(long[] values) => torch.tensor(values, torch.int64, Place).DetachFromDisposeScope();

    private T Guard<T>(Func<T> allocate, string what)
    {
        try
        {
            return allocate();
        }
        catch (ExternalException error)
        {
            throw TorchDeviceException.Of(Name, $"could not allocate {what}", error);
        }
    }
}

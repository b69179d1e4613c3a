using Fpe.Compute;
using Fpe.Torch.Compute;
using TorchSharp;

namespace Fpe.Torch.Tests;

public class TorchDeviceTests
{
    private static readonly TorchDevice Cpu = TorchDevice.Cpu();

    [Fact]
    public void A_gpu_that_is_not_there_is_one_clear_error()
    {
        int beyond = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        var error = Assert.Throws<TorchDeviceException>(() => TorchDevice.Cuda(beyond));
        Assert.StartsWith(beyond == 0 ? "torch-cuda: " : $"torch-cuda:{beyond}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("torch-cpu", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Too_little_memory_is_one_clear_error_and_the_device_goes_on()
    {
        var error = Assert.Throws<TorchDeviceException>(() => Cpu.AllocateActivations(1 << 24, 1 << 24));
        Assert.StartsWith("torch-cpu: could not allocate 16777216 samples of 16777216 values: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("smaller batch", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        using DeviceBuffer buffer = Cpu.Allocate(3);
        Cpu.Kernels.Fill(buffer, 2);
        var values = new float[3];
        buffer.Read(values);
        Assert.Equal([2f, 2f, 2f], values);
    }

    [Fact]
    public void Memory_outlives_the_dispose_scopes_of_the_caller()
    {
        DeviceBuffer buffer;
        Activations activations;
        using (torch.NewDisposeScope())
        {
            buffer = Cpu.Allocate(2);
            activations = Cpu.AllocateActivations(2, 3);
            activations.Write([1, 2], 1);
        }

        buffer.Write([1f, 2f]);
        var values = new float[2];
        activations.Read(values, 1);
        Assert.Equal([1f, 2f], values);
        buffer.Dispose();
        activations.Dispose();
    }

    [Fact]
    public void A_buffer_is_not_used_after_it_was_freed()
    {
        DeviceBuffer buffer = Cpu.Allocate(3);
        IndexBuffer indices = Cpu.AllocateIndices(3);
        Activations activations = Cpu.AllocateActivations(2, 3);
        DeviceEdges edges = Cpu.Prepare(EdgeLayout.Dense(2, 2));
        using Activations x = Cpu.AllocateActivations(2, 3), y = Cpu.AllocateActivations(2, 3);
        using DeviceBuffer weights = Cpu.Allocate(4), bias = Cpu.Allocate(2);
        foreach (IDisposable item in new IDisposable[] { buffer, indices, activations, edges })
        {
            item.Dispose();
            item.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => buffer.Write([1f]));
        Assert.Throws<ObjectDisposedException>(() => indices.Read(new int[1]));
        Assert.Throws<ObjectDisposedException>(() => indices.Write([1]));
        Assert.Throws<ObjectDisposedException>(() => activations.Write([1, 2], 1));
        Assert.Throws<ObjectDisposedException>(() => Cpu.Kernels.Fill(buffer, 1));
        Assert.Throws<ObjectDisposedException>(() =>
            Cpu.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, 1));
    }

    /// <summary>
    /// A default body would copy everything to the host, and nobody would notice except by the time it takes. Those of the gradient through a
    /// reader and of steps of several parameters consist of other kernels of the device.
    /// </summary>
    [Fact]
    public void No_kernel_is_left_to_its_default_body()
    {
        var map = typeof(TorchKernels).GetInterfaceMap(typeof(IKernels));
        var defaults = map.TargetMethods.Where(method => method.DeclaringType == typeof(IKernels)).Select(method => method.Name);
        Assert.Equal(
            [
                nameof(IKernels.AdamSteps), nameof(IKernels.AddAll), nameof(IKernels.AddSquaredNorms), nameof(IKernels.ClipAllToNorm),
                nameof(IKernels.EdgeWeightGradientOfChunks), nameof(IKernels.EdgeWeightGradientThrough), nameof(IKernels.SgdSteps),
            ],
            defaults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_and_formats()
    {
        Assert.Equal("torch-cpu", Cpu.Name);
        Assert.Equal(ElementType.Float32, Cpu.ElementType);
        Assert.Equal(ElementType.Float64, TorchDevice.Cpu(ElementType.Float64).ElementType);
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Gpu.Compute;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Device = Fpe.Compute.Device;

namespace Fpe.Gpu.Tests;

public class GpuDeviceTests
{
    private static readonly GpuDevice Gpu = TestedDevices.Gpu;

    [Fact]
    public void Names_numbers_and_formats()
    {
        Assert.Equal(Gpu.Info.Id, Gpu.Name);
        Assert.Equal(ElementType.Float32, Gpu.ElementType);
        Assert.True(Gpu.Info.Memory > 0);
        Assert.Equal(GpuDevice.All.OrderBy(gpu => gpu.IsProcessor).ThenBy(gpu => gpu.Number), GpuDevice.All);
        Assert.All(GpuDevice.All, gpu => Assert.False(gpu.IsProcessor && gpu.Number == 0));
        Assert.Equal(
            "gpu:1: Arc A770 (OpenCL, Intel(R) OpenCL, 15.5 GiB)",
            new GpuInfo(1, "Arc A770", "OpenCL, Intel(R) OpenCL", 16642998272, IsProcessor: false).ToString());
    }

    [Fact]
    public void A_device_that_is_not_there_is_one_clear_error()
    {
        var error = Assert.Throws<GpuException>(() => GpuDevice.Open(99));
        Assert.StartsWith("gpu:99: there is no such GPU; the system shows gpu", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; choose one of them, or cpu.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(
            "gpu: the system shows no GPU; install its maker's driver (with OpenCL, unless it is NVIDIA's), or choose cpu.",
            GpuSystem.NoDevice("gpu", []).Message);
    }

    [Fact]
    public void Nobody_gets_a_processor_who_did_not_ask_for_it()
    {
        if (GpuDevice.All.Any(gpu => gpu.Number == 0))
            Assert.False(GpuDevice.Open().Info.IsProcessor);
        else
            Assert.Throws<GpuException>(() => GpuDevice.Open());
    }

    [Fact]
    public void Too_little_memory_is_one_clear_error_and_the_device_goes_on()
    {
        var error = Assert.Throws<GpuException>(() => new GpuMemory<float>(Gpu, 1L << 40, "a terabyte of numbers"));
        Assert.StartsWith($"{Gpu.Name}: could not allocate a terabyte of numbers: 4194304.0 MiB are needed, and of the ", error.Message, StringComparison.Ordinal);
        Assert.Contains($" MiB of {Gpu.Info.Name} ", error.Message, StringComparison.Ordinal);
        Assert.Matches(@" (at most )?[\d.]+ (MiB|bytes) are free; this program uses [\d.]+ (MiB|bytes)\. Use a smaller batch or model, or another device\.$", error.Message);

        var wide = Assert.Throws<GpuException>(() => Gpu.AllocateActivations(1 << 24, 1 << 24));
        Assert.StartsWith($"{Gpu.Name}: could not allocate 16777216 samples of 16777216 values: ", wide.Message, StringComparison.Ordinal);
        using DeviceBuffer buffer = Gpu.Allocate(3);
        Gpu.Kernels.Fill(buffer, 2);
        var values = new float[3];
        buffer.Read(values);
        Assert.Equal([2f, 2f, 2f], values);
    }

    /// <summary>The memory of the device is much smaller than all models together.</summary>
    [Fact]
    public void Memory_that_nobody_freed_is_found_again()
    {
        const long Size = 8 << 20;
        (GpuInfo info, Accelerator accelerator) = GpuSystem.Open(Gpu.Info.Number);
        var small = new GpuDevice(info with { Memory = Size }, accelerator);
        using DeviceBuffer kept = small.Allocate(1000);
        small.Kernels.Fill(kept, 7);
        for (int model = 0; model < 50; model++)
        {
            TrainAndForget(small);
            Assert.InRange(small.AllocatedMemory, 1, Size);
        }

        var values = new float[kept.Length];
        kept.Read(values);
        Assert.All(values, value => Assert.Equal(7, value));

        // What is in use still counts.
        using DeviceBuffer most = small.Allocate(5 << 18);
        var error = Assert.Throws<GpuException>(() => small.Allocate(5 << 18));
        Assert.StartsWith($"{small.Name}: could not allocate a buffer of 1310720 numbers: 5.0 MiB are needed, and of the 8.0 MiB of ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Not inlined, so that nothing of it is left in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrainAndForget(GpuDevice device)
    {
        var model = new PlannedModel(Plans.OneHidden(64, 512, 3, ExpansionPlan.None), seed: 1, device);
        var run = new TrainingRun(model, TrainingData.Directions(64, 64, 3), new TrainingOptions { BatchSize = 32, Optimizer = new Adam() });
        run.Step(0);
    }

    [Fact]
    public void A_kernel_that_cannot_be_translated_is_one_clear_error_and_the_device_goes_on()
    {
        using DeviceBuffer buffer = Gpu.Allocate(1);
        var error = Assert.Throws<GpuException>(() => new Kernel<int>(Gpu, Impossible).RunGroups(1, 1));
        Assert.StartsWith($"{Gpu.Name}: the driver of {Gpu.Info.Name} rejects the kernel {nameof(Impossible)} (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); update it, or choose another device.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Gpu.Kernels.Fill(buffer, 1);
    }

    private static void Impossible(int text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Failures_name_the_device_and_what_helps()
    {
        var gpu = new GpuInfo(1, "Arc A770", "OpenCL", 1L << 34, IsProcessor: false);
        var cause = new InvalidOperationException("An internal error\noccurred.", new NotSupportedException("the feature is missing."));
        Assert.Equal(
            "gpu:1: the driver of Arc A770 rejects the kernel Fill (the feature is missing); update it, or choose another device.",
            GpuFailure.OfKernel(gpu, "Fill", cause).Message);
        Assert.Equal(
            "gpu:1: Arc A770 was lost while it computed (the feature is missing); what was on it is gone. Start the program again and continue "
            + "from the last checkpoint, on this device or on cpu.",
            GpuFailure.OfWork(gpu, cause).Message);
        Assert.Equal(
            "gpu:1: Arc A770 cannot be opened (the feature is missing); update its driver, free it if another program holds it, or choose cpu.",
            GpuFailure.OfOpening(gpu, cause).Message);
        Assert.Equal(
            "gpu: the drivers of the system cannot be asked for GPUs (the feature is missing); repair or update them, or choose cpu.",
            GpuFailure.OfDrivers(cause).Message);
        Assert.Equal(
            "gpu:1: Arc A770 lacks the generic address space of OpenCL 2.0, which kernels need; install a newer driver, or choose cpu.",
            GpuFailure.OfAddressSpace(gpu).Message);
        Assert.Equal(
            "gpu:1: could not allocate a batch: 2048.0 MiB are needed, and of the 16384.0 MiB of Arc A770 1024.0 MiB are free; this program uses "
            + "1.0 MiB. Use a smaller batch or model, or another device.",
            GpuFailure.OfMemory(gpu, "a batch", 1L << 31, inUse: 1 << 20, free: 1 << 30).Message);
        Assert.Contains(
            " at most 16383.0 MiB are free; this program uses 1.0 MiB.",
            GpuFailure.OfMemory(gpu, "a batch", 1L << 31, inUse: 1 << 20, free: null).Message, StringComparison.Ordinal);
    }

    /// <summary>An error of the driver stands for a card that fell off its bus.</summary>
    [Fact]
    public void A_lost_device_refuses_further_work_and_others_go_on()
    {
        GpuDevice lost = GpuDevice.Open(Gpu.Info.Number);
        using DeviceBuffer buffer = lost.Allocate(1), other = Gpu.Allocate(1);
        var first = Assert.Throws<GpuException>(() => lost.Run(_ => throw new CLException(CLError.CL_INVALID_COMMAND_QUEUE)));
        Assert.StartsWith($"{Gpu.Name}: {Gpu.Info.Name} was lost while it computed (", first.Message, StringComparison.Ordinal);
        var second = Assert.Throws<GpuException>(() => lost.Kernels.Fill(buffer, 1));
        Assert.Equal(first.Message, second.Message);
        Gpu.Kernels.Fill(other, 1);
    }

    [Fact]
    public void Memory_that_is_freed_is_used_again_and_starts_with_zeros()
    {
        // A device of its own, because other tests allocate on the common one at the same time.
        GpuDevice own = GpuDevice.Open(Gpu.Info.Number);
        using (DeviceBuffer first = own.Allocate(12_345))
            own.Kernels.Fill(first, 7);
        long allocated = own.AllocatedMemory;
        using DeviceBuffer second = own.Allocate(12_340);
        Assert.Equal(allocated, own.AllocatedMemory);
        var values = new float[second.Length];
        second.Read(values);
        Assert.All(values, value => Assert.Equal(0, value));
    }

    /// <summary>The partial sums of all models are in the same memory.</summary>
    [Fact]
    public void Sums_of_several_threads_do_not_mix()
    {
        const int Sums = 500, Length = 100_000;
        using var start = new Barrier(2);
        float[][] sums = [new float[Sums], new float[Sums]];
        Thread[] threads = [.. sums.Select((results, number) => new Thread(() =>
        {
            using DeviceBuffer x = Gpu.Allocate(Length), norms = Gpu.Allocate(Sums);
            Gpu.Kernels.Fill(x, number + 1);
            start.SignalAndWait();
            for (int slot = 0; slot < Sums; slot++)
                Gpu.Kernels.AddSquaredNorm(x, norms, slot);
            norms.Read(results);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(sums[0], sum => Assert.Equal(Length, sum));
        Assert.All(sums[1], sum => Assert.Equal(4 * Length, sum));
    }

    [Fact]
    public void A_batch_beyond_the_grid_is_one_clear_error_and_the_device_goes_on()
    {
        int most = Gpu.Accelerator.MaxGridSize.Y * 16, batch = most + 1;
        using DeviceBuffer rows = Gpu.Allocate(1);
        using IndexBuffer order = Gpu.AllocateIndices(batch);
        using Activations x = Gpu.AllocateActivations(1, batch);
        var error = Assert.Throws<GpuException>(() => Gpu.Kernels.GatherRows(rows, order, 0, x, batch));
        Assert.Equal($"{Gpu.Name}: the kernel GatherRows takes at most 1048560 samples on {Gpu.Info.Name}, but the batch has 1048561; use a smaller batch.", error.Message);
        Gpu.Kernels.GatherRows(rows, order, 0, x, most);
    }

    [Fact]
    public void Every_activation_function_is_computed_and_no_other_is_taken_for_the_identity()
    {
        Assert.All(Enum.GetValues<ActivationFunction>(), kind =>
        {
            var function = new DeviceFunction(kind);
            Assert.Equal(kind == ActivationFunction.Identity, function.Of(-2) == -2);
            Assert.Equal(kind == ActivationFunction.Identity, function.Gradient(3, -2, function.Of(-2)) == 3);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceFunction((ActivationFunction)99));
    }

    [Fact]
    public void A_buffer_is_not_used_after_it_was_freed()
    {
        DeviceBuffer buffer = Gpu.Allocate(3);
        IndexBuffer indices = Gpu.AllocateIndices(3);
        Activations activations = Gpu.AllocateActivations(2, 3);
        DeviceEdges edges = Gpu.Prepare(EdgeLayout.Dense(2, 2));
        using Activations x = Gpu.AllocateActivations(2, 3), y = Gpu.AllocateActivations(2, 3);
        using DeviceBuffer weights = Gpu.Allocate(4), bias = Gpu.Allocate(2);
        foreach (IDisposable item in new IDisposable[] { buffer, indices, activations, edges })
        {
            item.Dispose();
            item.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => buffer.Write([1f]));
        Assert.Throws<ObjectDisposedException>(() => indices.Read(new int[1]));
        Assert.Throws<ObjectDisposedException>(() => indices.Write([1]));
        Assert.Throws<ObjectDisposedException>(() => activations.Write([1, 2], 1));
        Assert.Throws<ObjectDisposedException>(() => Gpu.Kernels.Fill(buffer, 1));
        Assert.Throws<ObjectDisposedException>(() =>
            Gpu.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, 1));
    }

    /// <summary>
    /// A default body would copy everything to the host, and nobody would notice except by the time it takes. That of the gradient through a
    /// reader consists of two kernels of the device.
    /// </summary>
    [Fact]
    public void No_kernel_is_left_to_its_default_body()
    {
        var map = typeof(GpuKernels).GetInterfaceMap(typeof(IKernels));
        var defaults = map.TargetMethods.Where(method => method.DeclaringType == typeof(IKernels)).Select(method => method.Name);
        Assert.Equal(
            [nameof(IKernels.AddAll), nameof(IKernels.EdgeWeightGradientOfChunks), nameof(IKernels.EdgeWeightGradientThrough)],
            defaults.Order(StringComparer.Ordinal));
    }
}

using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fpe.Gpu.Compute;

/// <summary>The errors that failures of the driver become: each names the cause and the fix.</summary>
internal static class GpuFailure
{
    /// <summary>Whether an error comes from the driver or from the translation of a kernel.</summary>
    public static bool IsOfDriver(Exception error) => error is AcceleratorException or InternalCompilerException or NotSupportedException;

    /// <summary>The drivers of the system do not answer.</summary>
    public static GpuException OfDrivers(Exception error) => new(
        $"gpu: the drivers of the system cannot be asked for GPUs ({FirstLine(error)}); repair or update them, or choose cpu.", error);

    /// <summary>A device has too few threads in a group.</summary>
    public static GpuException OfGroups(GpuInfo device, int threads, int needed) => new(
        $"{device.Id}: {device.Name} runs {threads} threads together, but kernels need {needed}; choose another device, or cpu.");

    /// <summary>A device has no generic address space.</summary>
    public static GpuException OfAddressSpace(GpuInfo device) => new(
        $"{device.Id}: {device.Name} lacks the generic address space of OpenCL 2.0, which kernels need; install a newer driver, or choose cpu.");

    /// <summary>The driver does not open a device.</summary>
    public static GpuException OfOpening(GpuInfo device, Exception error) => new(
        $"{device.Id}: {device.Name} cannot be opened ({FirstLine(error)}); update its driver, free it if another program holds it, or choose cpu.", error);

    /// <summary>The driver rejected a kernel.</summary>
    public static GpuException OfKernel(GpuInfo device, string kernel, Exception error) => new(
        $"{device.Id}: the driver of {device.Name} rejects the kernel {kernel} ({FirstLine(error)}); update it, or choose another device.", error);

    /// <summary>A kernel or a copy failed: the context of a device is lost then, with all that is in its memory.</summary>
    public static GpuException OfWork(GpuInfo device, Exception error) => IsOutOfMemory(error)
        ? new GpuException($"{device.Id}: {device.Name} ran out of memory; use a smaller batch or model, or another device.", error)
        : new GpuException(
            $"{device.Id}: {device.Name} was lost while it computed ({FirstLine(error)}); what was on it is gone. Start the program again "
            + "and continue from the last checkpoint, on this device or on cpu.", error);

    /// <summary>Memory does not suffice. If the driver does not say how much is free, it is what this program does not use, at most.</summary>
    public static GpuException OfMemory(GpuInfo device, string what, long bytes, long inUse, long? free, Exception? error = null) => new(
        $"{device.Id}: could not allocate {what}: {Size(bytes)} are needed, and of the {Size(device.Memory)} of {device.Name} "
        + $"{(free is null ? "at most " : "")}{Size(free ?? (device.Memory - inUse))} are free; this program uses {Size(inUse)}. Use a smaller "
        + "batch or model, or another device.", error);

    /// <summary>A single piece of memory has more elements than 32-bit numbers count.</summary>
    public static GpuException OfIndexing(GpuInfo device, string what, long elements) => new(
        $"{device.Id}: could not allocate {what}: {Size(elements * 4)} in one piece, but the most is {Size(4L * int.MaxValue)}. Use a smaller batch.");

    /// <summary>A grid of groups has too few rows for a batch. Nothing was computed, and the device is not lost.</summary>
    public static GpuException OfGrid(GpuInfo device, string kernel, int batch, long most) => new(
        $"{device.Id}: the kernel {kernel} takes at most {most} samples on {device.Name}, but the batch has {batch}; use a smaller batch.");

    public static bool IsOutOfMemory(Exception error) => error
        is CudaException { Error: nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) } or OutOfMemoryException
        or CLException { Error: CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_INVALID_BUFFER_SIZE };

    public static string FirstLine(Exception error)
    {
        string message = (error.InnerException ?? error).Message;
        string first = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var line, ..] ? line : message;
        return first.TrimEnd('.');
    }

    private static string Size(long bytes) => bytes < 1 << 20
        ? $"{bytes} bytes"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");
}

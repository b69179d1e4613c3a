using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fpe.Gpu.Compute;

/// <summary>The devices of the system; found once, when they are first asked for.</summary>
internal static class GpuSystem
{
    private static readonly Lazy<(Context Context, IReadOnlyList<(GpuInfo Info, Device Device)> Devices)> Found = new(Find);

    public static IReadOnlyList<GpuInfo> All => [.. Found.Value.Devices.Select(device => device.Info)];

    /// <summary>Opens a device.</summary>
    /// <exception cref="GpuException">There is no such device, or it cannot be used.</exception>
    public static (GpuInfo Info, Accelerator Accelerator) Open(int number)
    {
        string id = number == 0 ? "gpu" : $"gpu:{number}";
        (Context context, IReadOnlyList<(GpuInfo Info, Device Device)> devices) = Found.Value;
        (GpuInfo? info, Device? device) = devices.FirstOrDefault(device => device.Info.Number == number);
        if (device is null)
            throw NoDevice(id, All);

        if (device.MaxNumThreadsPerGroup < Kernel<int>.Threads)
            throw GpuFailure.OfGroups(info!, device.MaxNumThreadsPerGroup, Kernel<int>.Threads);
        if (device is CLDevice { Capabilities.GenericAddressSpace: false })
            throw GpuFailure.OfAddressSpace(info!);
        try
        {
            return (info!, device.CreateAccelerator(context));
        }
        catch (Exception error) when (IsDriverError(error))
        {
            throw GpuFailure.OfOpening(info!, error);
        }
    }

    internal static GpuException NoDevice(string id, IReadOnlyList<GpuInfo> all) => new(all.Count == 0
        ? $"{id}: the system shows no GPU; install its maker's driver (with OpenCL, unless it is NVIDIA's), or choose cpu."
        : $"{id}: there is no such GPU; the system shows {string.Join("; ", all)}; choose one of them, or cpu.");

    private static (Context Context, IReadOnlyList<(GpuInfo Info, Device Device)> Devices) Find()
    {
        try
        {
            // Kernels must give the same bits on every run, so nothing may be rounded differently for speed (fast math is off).
            Context context = Context.Create(builder => builder
                .Optimize(OptimizationLevel.O2)
                .Cuda()
                .OpenCL(_ => true));
            return (context, Number(context));
        }
        catch (Exception error) when (IsDriverError(error))
        {
            throw GpuFailure.OfDrivers(error);
        }
    }

    private static List<(GpuInfo Info, Device Device)> Number(Context context)
    {
        List<(GpuInfo Info, Device Device)> devices = [];
        foreach (CudaDevice device in context.GetCudaDevices())
            devices.Add((new GpuInfo(devices.Count, device.Name, "CUDA", device.MemorySize, IsProcessor: false), device));

        // A card of NVIDIA is also an OpenCL device; once is enough.
        bool hasCuda = devices.Count > 0;
        List<CLDevice> others = [];
        foreach (CLDevice device in context.GetCLDevices())
        {
            if (!hasCuda || device.Vendor != CLDeviceVendor.Nvidia)
                others.Add(device);
        }

        foreach (CLDevice device in others.OrderBy(IsProcessor))
        {
            int number = IsProcessor(device) ? Math.Max(1, devices.Count) : devices.Count;
            number = devices.Count == 0 ? number : Math.Max(number, devices[^1].Info.Number + 1);
            devices.Add((new GpuInfo(number, device.Name, $"OpenCL, {device.PlatformName}", device.MemorySize, IsProcessor(device)), device));
        }

        return devices;
    }

    private static bool IsProcessor(CLDevice device) => device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU);

    private static bool IsDriverError(Exception error) => error
        is AcceleratorException or NotSupportedException or InternalCompilerException or DllNotFoundException or EntryPointNotFoundException
        or BadImageFormatException or TypeInitializationException;
}

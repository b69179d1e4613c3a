using Fpe.Compute;
using Fpe.Gpu;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>
/// The first device that the system shows: a GPU, or else a processor with OpenCL. This file stands in for that of the same name in
/// Fpe.Runtime.Tests, so that the tests of kernels and training run on this device, unchanged.
/// </summary>
internal static class TestedDevices
{
    /// <summary>Whether products multiply by zeros in place of missing edges, so that numbers that are not finite reach more outputs.</summary>
    public static bool MultiplyZeros => true;

    /// <summary>The only device of all tests, because it compiles every kernel when it first needs it.</summary>
    public static GpuDevice Gpu { get; } = GpuDevice.Open(GpuDevice.All[0].Number);

    /// <summary>Devices that compute in single precision.</summary>
    public static IReadOnlyList<Device> Single { get; } = [Gpu];

    /// <summary>A device that computes in double precision; this one does not.</summary>
    public static Device Double { get; } = new ReferenceDevice(ElementType.Float64);

    public static string Describe(Device device) => device.Name;
}

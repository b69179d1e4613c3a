using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>
/// The devices that the tests of kernels, layers and training run on. Another project runs the same tests on devices of its own by
/// compiling them with its own version of this file.
/// </summary>
internal static class TestedDevices
{
    /// <summary>Whether products multiply zeros where there is no edge, so that numbers that are not finite reach more outputs.</summary>
    public static bool MultiplyZeros => false;

    /// <summary>
    /// Devices that compute in single precision. Vectors of every width: those the processor does not have are composed of shorter
    /// ones.
    /// </summary>
    public static IReadOnlyList<Device> Single { get; } =
        [.. Enum.GetValues<VectorWidth>().Select(width => new CpuDevice(1, width)), new ReferenceDevice(ElementType.Float32)];

    /// <summary>A device that computes in double precision, for gradients.</summary>
    public static Device Double { get; } = new ReferenceDevice(ElementType.Float64);

    public static string Describe(Device device) => device is CpuDevice cpu ? $"{cpu.Name} with {cpu.Width}" : device.Name;
}

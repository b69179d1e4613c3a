namespace Fpe.Gpu.Tests;

/// <summary>A test that needs PoCL, which has variables of the environment for what a device can do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PoclFactAttribute : FactAttribute
{
    public PoclFactAttribute() => Skip = GpuDevice.All.Any(gpu => gpu is { IsProcessor: true, Driver: "OpenCL, Portable Computing Language" })
        ? null
        : "The system does not show PoCL.";
}

using System.Runtime.CompilerServices;

namespace Fpe.Gpu.Tests;

/// <summary>Ends a run of the tests with one line if there is no device, so that it is not mistaken for a pass.</summary>
internal static class DevicePresence
{
    [ModuleInitializer]
#pragma warning disable CA2255 // The tests are not a library: nothing may run before this.
    internal static void Require()
#pragma warning restore CA2255
    {
        if (GpuDevice.All.Count > 0)
            return;
        Console.Error.WriteLine("Fpe.Gpu.Tests not run: the system shows no GPU and no OpenCL device (docs/gpu.md says how to test on the processor).");
        Environment.Exit(1);
    }
}

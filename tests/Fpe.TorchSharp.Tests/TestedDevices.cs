using Fpe.Compute;
using Fpe.Torch;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>
/// libtorch on the processor, and on the first GPU where there is one. This file stands in for that of the same name in
/// Fpe.Runtime.Tests, so that the tests of kernels, layers and training run on these devices, unchanged.
/// </summary>
internal static class TestedDevices
{
    /// <summary>Whether products multiply zeros where there is no edge, so that numbers that are not finite reach more outputs.</summary>
    public static bool MultiplyZeros => true;

    /// <summary>Devices that compute in single precision.</summary>
    public static IReadOnlyList<Device> Single { get; } =
        TorchSharp.torch.cuda.is_available() ? [TorchDevice.Cpu(), TorchDevice.Cuda()] : [TorchDevice.Cpu()];

    /// <summary>A device that computes in double precision, for gradients.</summary>
    public static Device Double { get; } = TorchDevice.Cpu(ElementType.Float64);

    public static string Describe(Device device) => device.Name;
}

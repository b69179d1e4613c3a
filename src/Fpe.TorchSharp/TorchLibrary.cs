using System.Runtime.InteropServices;
using TorchSharp;

namespace Fpe.Torch;

/// <summary>Loads the native libraries, and says in one sentence what to install where that fails.</summary>
internal static class TorchLibrary
{
    private static readonly Lock Loading = new();

    private static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    /// <param name="device">Name of the device that is wanted, for messages.</param>
    /// <param name="type">CPU or CUDA.</param>
    /// <exception cref="TorchDeviceException">The libraries are missing or do not fit, or there is no GPU.</exception>
    public static void Load(string device, DeviceType type)
    {
        bool usable;
        try
        {
            usable = TryInitialize(type);
        }
        catch (Exception error) when (IsLoadFailure(error))
        {
            string package = type == DeviceType.CUDA ? CudaPackage : "TorchSharp-cpu";
            string reason = TorchDeviceException.FirstLine((error.InnerException ?? error).Message).TrimEnd('.');
            throw new TorchDeviceException(
                $"{device}: the native libraries of TorchSharp could not be loaded ({reason}); reference the package {package} in the "
                + "program's project, in the version of TorchSharp; on Linux they need the C++ library of GCC 13 or newer.", error);
        }

        if (!usable)
        {
            throw new TorchDeviceException(
                $"{device}: libtorch finds no GPU that it can use; reference {CudaPackage} instead of TorchSharp-cpu, install NVIDIA's "
                + "driver for its CUDA version, or choose torch-cpu.");
        }
    }

    /// <summary>TorchSharp writes a trace of dozens of lines to the console where loading fails; the error says it in one.</summary>
    private static bool TryInitialize(DeviceType type)
    {
        lock (Loading)
        {
            TextWriter console = Console.Out;
            Console.SetOut(TextWriter.Null);
            try
            {
                return torch.TryInitializeDeviceType(type);
            }
            finally
            {
                Console.SetOut(console);
            }
        }
    }

    private static bool IsLoadFailure(Exception error) => error
        is NotSupportedException or InvalidOperationException or TypeInitializationException or TypeLoadException
        or BadImageFormatException or ExternalException or IOException or UnauthorizedAccessException;
}

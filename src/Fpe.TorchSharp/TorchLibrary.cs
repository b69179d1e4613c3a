using System.Runtime.InteropServices;
using TorchSharp;

namespace Fpe.Torch;

/// <summary>Loads the native libraries; if that fails, the error says in one sentence what to install.</summary>
internal static class TorchLibrary
{
    private static readonly Lock Loading = new();

    private static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    /// <param name="device">Name of the requested device, for messages.</param>
    /// <param name="type">CPU or CUDA.</param>
    /// <exception cref="TorchDeviceException">The libraries are missing or have the wrong version, or there is no GPU.</exception>
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

    /// <summary>
    /// Suppresses the trace of dozens of lines that TorchSharp writes to the console if loading fails; the error contains it in one.
    /// </summary>
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

using System.Runtime.InteropServices;

namespace Fpe.Torch;

/// <summary>libtorch cannot be loaded, lacks a GPU or memory, or gave up on a kernel.</summary>
public sealed class TorchDeviceException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was tried, what went wrong, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public TorchDeviceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>An error of libtorch itself, of whose message the first line says what happened.</summary>
    internal static TorchDeviceException Of(string device, string what, ExternalException error)
    {
        string reason = FirstLine(error.Message);
        bool outOfMemory = reason.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("allocate memory", StringComparison.OrdinalIgnoreCase);
        string fix = outOfMemory ? " Use a smaller batch or model, or another device." : "";
        return new TorchDeviceException($"{device}: {what}: {reason.TrimEnd('.')}.{fix}", error);
    }

    /// <summary>What follows in messages of libtorch is the stack of the native library.</summary>
    internal static string FirstLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? first : message;
}

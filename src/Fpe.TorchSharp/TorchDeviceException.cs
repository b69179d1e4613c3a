using System.Runtime.InteropServices;

namespace Fpe.Torch;

/// <summary>Thrown when libtorch cannot be loaded, has no GPU or not enough memory, or fails in a kernel.</summary>
public sealed class TorchDeviceException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The operation, the problem, and the fix.</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public TorchDeviceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Wraps an error of libtorch, using the first line of its message.</summary>
    internal static TorchDeviceException Of(string device, string what, ExternalException error)
    {
        string reason = FirstLine(error.Message);
        bool outOfMemory = reason.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("allocate memory", StringComparison.OrdinalIgnoreCase);
        string fix = outOfMemory ? " Use a smaller batch or model, or another device." : "";
        return new TorchDeviceException($"{device}: {what}: {reason.TrimEnd('.')}.{fix}", error);
    }

    /// <summary>Returns the first line of a message of libtorch; the rest is the stack trace of the native library.</summary>
    internal static string FirstLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? first : message;
}

namespace Fpe.Gpu;

/// <summary>
/// Thrown when there is no such GPU, when it lacks a feature or memory, when its driver is too old or rejects a kernel, or when it is lost.
/// </summary>
public sealed class GpuException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The device, the problem, and the fix.</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public GpuException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

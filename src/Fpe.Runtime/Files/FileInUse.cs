using System.Globalization;

namespace Fpe.Files;

/// <summary>
/// Handles files that another program has opened without sharing. Virus scanners and indexers, especially on Windows, briefly lock files
/// after they were written, so operations wait for them.
/// </summary>
internal static class FileInUse
{
    private static readonly string Problem = string.Create(
        CultureInfo.InvariantCulture, $"another program has kept it open for {Patience.Limit} s; close it there, or use another file.");

    // Windows: open elsewhere, partially locked, mapped into memory. These are HRESULTs.
    private static readonly int[] WindowsErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), unchecked((int)0x800704C8)];

    // Linux and macOS: locked (EWOULDBLOCK, which differs between them), in use by the system (EBUSY), being executed (ETXTBSY).
    private static readonly int[] UnixErrors = [11, 35, 16, 26];

    /// <summary>Opens a file and waits for a program that locks it.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="problem">The message if the program still locks it; null for a general message.</param>
    /// <exception cref="IOException">The other program still locks it, or the operation fails for another reason.</exception>
    public static T WaitFor<T>(Func<T> open, string? problem = null) => Patience.Retry(open, IsCause, problem ?? Problem);

    /// <summary>Moves a file over another one and waits for a program that locks either of them.</summary>
    /// <exception cref="IOException">The other program still locks it, or the disk fails.</exception>
    public static void Replace(string source, string destination)
    {
        // Windows also denies access to files that are open without sharing.
        Patience.Retry(
            () =>
            {
                File.Move(source, destination, overwrite: true);
                return destination;
            },
            error => IsCause(error) || (OperatingSystem.IsWindows() && error is UnauthorizedAccessException),
            Problem);
    }

    /// <summary>Deletes a file unless another program locks it.</summary>
    public static void DeleteIfFree(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException error) when (IsCause(error))
        {
            // Callers that delete such files try again later.
        }
    }

    private static bool IsCause(Exception error) =>
        error is IOException && (OperatingSystem.IsWindows() ? WindowsErrors : UnixErrors).Contains(error.HResult);
}

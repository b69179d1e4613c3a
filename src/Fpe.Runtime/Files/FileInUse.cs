using System.Globalization;

namespace Fpe.Files;

/// <summary>
/// Files that another program has open and does not share. Virus scanners and indexers, on Windows above all, hold files for a
/// moment right after they were written, so they are waited for.
/// </summary>
internal static class FileInUse
{
    private static readonly string Problem = string.Create(
        CultureInfo.InvariantCulture, $"another program has had it open for {Patience.Limit} s; close it there, or name another file.");

    // Windows: open elsewhere, locked in part, mapped into memory. These and access denied are HRESULTs.
    private static readonly int[] WindowsErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), unchecked((int)0x800704C8)];

    // Linux and macOS: locked (EWOULDBLOCK, a number for each), in use by the system (EBUSY), running as a program (ETXTBSY).
    private static readonly int[] UnixErrors = [11, 35, 16, 26];

    /// <summary>Opens a file; waits for a program that has it.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="problem">What to say if the program still has it; that in general if null.</param>
    /// <exception cref="IOException">The other program still has it; or what else the operation throws.</exception>
    public static T WaitFor<T>(Func<T> open, string? problem = null) => Patience.Retry(open, IsCause, problem ?? Problem);

    /// <summary>Moves a file over another one; waits for a program that has either.</summary>
    /// <exception cref="IOException">The other program still has it, or the disk fails.</exception>
    public static void Replace(string source, string destination)
    {
        // Windows denies access to what is open without being shared, too.
        Patience.Retry(
            () =>
            {
                File.Move(source, destination, overwrite: true);
                return destination;
            },
            error => IsCause(error) || (OperatingSystem.IsWindows() && error is UnauthorizedAccessException),
            Problem);
    }

    /// <summary>Deletes a file; one that another program has stays.</summary>
    public static void DeleteIfFree(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException error) when (IsCause(error))
        {
            // Its time will come: whoever deletes such files does so again.
        }
    }

    private static bool IsCause(Exception error) =>
        error is IOException && (OperatingSystem.IsWindows() ? WindowsErrors : UnixErrors).Contains(error.HResult);
}

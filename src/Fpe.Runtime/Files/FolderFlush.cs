using System.Runtime.InteropServices;

namespace Fpe.Files;

/// <summary>Flushes the entries of a folder to the disk; until then, a power loss can undo a rename.</summary>
internal static class FolderFlush
{
    /// <summary>Waits until renames in a folder are on the disk; does nothing on Windows, which does not need it.</summary>
    /// <exception cref="IOException">The disk reports an error.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        // .NET cannot open folders, so the operating system is called directly.
        int descriptor = Libc.Open(folder, Libc.ReadOnly);
        if (descriptor < 0)
            throw Failure(folder);
        try
        {
            // Some file systems cannot flush folders and report this error.
            if (Libc.Synchronize(descriptor) != 0 && Marshal.GetLastPInvokeError() != Libc.InvalidArgument)
                throw Failure(folder);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static IOException Failure(string folder) => new($"{folder} cannot be flushed to the disk: {Libc.LastError().Message}");
}

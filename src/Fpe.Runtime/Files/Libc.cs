using System.Runtime.InteropServices;

namespace Fpe.Files;

/// <summary>What Linux and macOS can do with files and .NET does not offer. All of it sets the error of the system.</summary>
internal static partial class Libc
{
    /// <summary>Opens to read; for <see cref="Open"/>.</summary>
    public const int ReadOnly = 0;

    /// <summary>Opens to write; for <see cref="Open"/>.</summary>
    public const int WriteOnly = 1;

    /// <summary>Permission to write; for <see cref="Access"/>.</summary>
    public const int Writable = 2;

    /// <summary>The error of a call that does not fit the file.</summary>
    public const int InvalidArgument = 22;

    /// <summary>The error of opening a pipe that nobody reads, without waiting.</summary>
    public const int NoReader = 6;

    /// <summary>Opens without waiting for another process; for <see cref="Open"/>.</summary>
    public static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    /// <summary>The error of the last call.</summary>
    public static IOException LastError() => new($"{Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
}

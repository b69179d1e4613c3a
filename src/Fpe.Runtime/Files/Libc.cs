using System.Runtime.InteropServices;

namespace Fpe.Files;

/// <summary>File functions of Linux and macOS that .NET does not provide. All of them set the last system error.</summary>
internal static partial class Libc
{
    /// <summary>Opens for reading; a flag of <see cref="Open"/>.</summary>
    public const int ReadOnly = 0;

    /// <summary>Opens for writing; a flag of <see cref="Open"/>.</summary>
    public const int WriteOnly = 1;

    /// <summary>Write permission; a flag of <see cref="Access"/>.</summary>
    public const int Writable = 2;

    /// <summary>The error of a call that the file does not support.</summary>
    public const int InvalidArgument = 22;

    /// <summary>The error of opening a pipe without a reader, without waiting.</summary>
    public const int NoReader = 6;

    /// <summary>Opens without waiting for another process; a flag of <see cref="Open"/>.</summary>
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

    /// <summary>Returns the error of the last call.</summary>
    public static IOException LastError() => new($"{Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
}

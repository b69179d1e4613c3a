using System.Runtime.InteropServices;

namespace Fpe.Files;

/// <summary>The operating system's information about a file, following links.</summary>
/// <param name="Kind">The kind of the file; except on Linux, pipes and devices are not distinguished from files.</param>
/// <param name="Identity">The device and number of the file, which are the same for all its names; null except on Linux.</param>
/// <param name="Owner">The user and group; null except on Linux.</param>
/// <param name="Mode">The permissions; null on Windows.</param>
internal sealed partial record FileStatus(FileKind Kind, (ulong Device, ulong Number)? Identity, (uint User, uint Group)? Owner, UnixFileMode? Mode)
{
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;
    private const int PermissionBits = 0xFFF;
    private const int KindBits = 0xF000;

    /// <summary>Returns the status of a file; null if it does not exist or is inaccessible.</summary>
    public static FileStatus? Of(string path) => (OperatingSystem.IsLinux() ? Ask(path) : null) ?? Guess(path);

    private static FileStatus? Ask(string path)
    {
        try
        {
            return Query(CurrentFolder, path, flags: 0, BasicFields, out Answer answer) == 0 ? answer.ToStatus() : null;
        }
        catch (EntryPointNotFoundException)
        {
            // C libraries from before 2018, and musl before 1.2.5, do not have the call.
            return null;
        }
    }

    /// <summary>Returns what .NET knows of a file without the system call; null if it does not exist or is inaccessible.</summary>
    internal static FileStatus? Guess(string path)
    {
        if (Directory.Exists(path))
            return new FileStatus(FileKind.Folder, Identity: null, Owner: null, Mode: null);
        if (!File.Exists(path))
            return null;
        return new FileStatus(FileKind.File, Identity: null, Owner: null, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Query(int folder, string path, int flags, uint mask, out Answer answer);

    /// <summary>The answer of statx(2), the same on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(20)]
        private readonly uint user;

        [FieldOffset(24)]
        private readonly uint group;

        [FieldOffset(28)]
        private readonly ushort mode;

        [FieldOffset(32)]
        private readonly ulong number;

        [FieldOffset(136)]
        private readonly uint deviceMajor;

        [FieldOffset(140)]
        private readonly uint deviceMinor;

        public readonly FileStatus ToStatus() =>
            new(Kind(), (((ulong)deviceMajor << 32) | deviceMinor, number), (user, group), (UnixFileMode)(mode & PermissionBits));

        private readonly FileKind Kind() => (mode & KindBits) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            _ => FileKind.Device,
        };
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

/// <summary>What is known of files on systems other than Linux, or with a C library that lacks the call.</summary>
public sealed class FileStatusTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "file");

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void Kind_and_mode_are_known_without_the_call()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.GroupExecute;
        System.IO.File.WriteAllText(File, "");
        System.IO.File.SetUnixFileMode(File, Mode);
        Assert.Equal(new FileStatus(FileKind.File, Identity: null, Owner: null, Mode), FileStatus.Guess(File));
        Assert.Equal(new FileStatus(FileKind.Folder, Identity: null, Owner: null, Mode: null), FileStatus.Guess(folder.FullName));
    }

    /// <summary>Files on a disk, unlike those of the system, have a device with a major number.</summary>
    [LinuxTheory]
    [InlineData("/")]
    [InlineData("/proc")]
    [InlineData("/usr")]
    public void The_identity_is_that_of_the_system(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("stat", ["-L", "-c", "%d %i", path]) { RedirectStandardOutput = true })!;
        string expected = process.StandardOutput.ReadToEnd().Trim();
        (ulong device, ulong number) = FileStatus.Of(path)!.Identity!.Value;

        // The system writes a device as 20 bits of the minor number around 12 of the major.
        ulong written = (device & 0xFF) | (device >> 32 << 8) | ((device & 0xFFF00) << 12);
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{written} {number}"));
    }

    [Fact]
    public void What_does_not_exist_has_no_status()
    {
        Assert.Null(FileStatus.Guess(File));
        Assert.Null(FileStatus.Of(File));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

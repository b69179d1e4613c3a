using System.Diagnostics;
using System.Globalization;

namespace Fpe.Runtime.Tests.Files;

/// <summary>A file system of a few bytes in memory, which can be filled and made read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-disk-");

    public SmallDisk(long bytes)
    {
        if (!Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", Folder))
            throw new InvalidOperationException("A file system could be mounted before, but not now.");
    }

    /// <summary>Why there are no such file systems here; null where there are.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    public string Folder => folder.FullName;

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Folder));

    public void Dispose()
    {
        Assert.True(Run("umount", Folder));
        folder.Delete();
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
            return "A small file system is mounted for this test, which is known how on Linux only.";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-disk-");
        bool canMount = Run("mount", "-t", "tmpfs", "-o", "size=4096", "tmpfs", folder.FullName) && Run("umount", folder.FullName);
        folder.Delete();
        return canMount ? null : "A small file system is mounted for this test, which takes the rights of root.";
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; it is skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute() => Skip = SmallDisk.Obstacle;
}

using System.Runtime.Versioning;
using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string Destination => Path.Combine(folder.FullName, "file.txt");

    [Fact]
    public void A_committed_file_replaces_the_one_before_and_leaves_nothing_else()
    {
        File.WriteAllText(Destination, "a longer text than the new one");
        using (var file = new AtomicFile(Destination))
            file.Commit(stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Destination));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void The_file_before_stays_until_the_new_one_is_complete()
    {
        File.WriteAllText(Destination, "old");
        AtomicFile.Write(Destination, stream =>
        {
            stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(Destination));
        });
        Assert.Equal("new", File.ReadAllText(Destination));
    }

    [Fact]
    public void A_filled_file_replaces_the_one_before_when_it_is_committed()
    {
        File.WriteAllText(Destination, "old");
        using (var file = new AtomicFile(Destination))
        {
            file.Fill(stream => stream.Write("new"u8));
            Assert.Equal("old", File.ReadAllText(Destination));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(Destination));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void What_is_being_written_can_be_read() => AtomicFile.Write(Destination, stream =>
    {
        stream.Write("new"u8);
        using FileStream reader = Assert.Single(folder.GetFiles("fpe-*.tmp")).Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Assert.Equal((byte)'n', reader.ReadByte());
    });

    [Fact]
    public void Content_has_to_be_given()
    {
        using var file = new AtomicFile(Destination);
        Assert.Equal("write", Assert.Throws<ArgumentNullException>(() => file.Commit(null!)).ParamName);
    }

    [Fact]
    public void A_file_in_memory_is_a_file()
    {
        if (!Directory.Exists("/dev/shm"))
            return;
        string path = $"/dev/shm/fpe-{Guid.NewGuid():N}";
        File.WriteAllText(path, "old");
        AtomicFile.Write(path, _ => Assert.Equal("old", File.ReadAllText(path)));
        Assert.Equal("", File.ReadAllText(path));
        File.Delete(path);
    }

    [LinuxFact]
    public void A_committed_file_is_closed_before_it_is_discarded()
    {
        using var file = new AtomicFile(Destination);
        file.Commit(stream => stream.Write("new"u8));
        Assert.DoesNotContain(Destination, Directory.GetFiles("/proc/self/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget));
    }

    /// <summary>Root may write it, and the system refuses it to others.</summary>
    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_system_decides_whether_a_file_may_be_written()
    {
        File.WriteAllText(Destination, "old");
        File.SetUnixFileMode(Destination, UnixFileMode.UserRead);
        if (Environment.IsPrivilegedProcess)
            AtomicFile.Write(Destination, stream => stream.Write("new"u8));
        else
            Assert.Equal($"{Destination} cannot be written: Permission denied.", Error(Destination));
        Assert.Equal(Environment.IsPrivilegedProcess ? "new" : "old", File.ReadAllText(Destination));
    }

    [Fact]
    public void A_file_that_is_not_committed_leaves_no_trace()
    {
        File.WriteAllText(Destination, "old");
        using (new AtomicFile(Destination))
            Assert.Equal("old", File.ReadAllText(Destination));

        Assert.Equal("old", File.ReadAllText(Destination));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void A_file_whose_content_fails_leaves_no_trace()
    {
        using (var file = new AtomicFile(Destination))
        {
            var error = Assert.Throws<FileAccessException>(() => file.Commit(_ => throw new IOException("The disk is full.")));
            Assert.Equal($"{Destination} cannot be written: The disk is full.", error.Message);
        }

        Assert.Empty(folder.GetFiles());
    }

    [DiskFact]
    public void A_full_disk_leaves_the_file_before()
    {
        using var disk = new SmallDisk(bytes: 1 << 20);
        string path = Path.Combine(disk.Folder, "file");
        AtomicFile.Write(path, stream => stream.Write(new byte[600_000]));

        var error = Assert.Throws<FileAccessException>(() => AtomicFile.Write(path, stream => stream.Write(new byte[600_000])));
        Assert.StartsWith($"{path} cannot be written: No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Equal(600_000, new FileInfo(path).Length);
        Assert.Single(Directory.GetFiles(disk.Folder));
    }

    [DiskFact]
    public void A_disk_that_becomes_read_only_leaves_the_file_before()
    {
        using var disk = new SmallDisk(bytes: 1 << 20);
        string path = Path.Combine(disk.Folder, "file");
        AtomicFile.Write(path, stream => stream.Write("old"u8));
        disk.MakeReadOnly();

        var error = Assert.Throws<FileAccessException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));
        Assert.StartsWith($"{path} cannot be written: Read-only file system", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [DiskFact]
    public void A_file_that_may_not_be_written_is_refused_when_it_is_opened()
    {
        // root may write whatever the permissions are, but not to what is mounted to be read
        File.WriteAllText(Destination, "old");
        Assert.True(Shell.Run($"mount --bind '{Destination}' '{Destination}' && mount -o remount,bind,ro '{Destination}'"));
        try
        {
            Assert.Equal($"{Destination} cannot be written: Read-only file system.", Error(Destination));
        }
        finally
        {
            Assert.True(Shell.Run($"umount '{Destination}'"));
        }

        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void Errors_name_the_destination_and_not_the_temporary_file()
    {
        string missing = Path.Combine(folder.FullName, "missing", "file.txt");
        Assert.Equal($"{missing} cannot be written: Could not find a part of the path '{missing}'.", Error(missing));
        Assert.Equal($"{folder.FullName} cannot be written: it is a folder; specify a file.", Error(folder.FullName));
        Assert.Equal($"{Destination}/ cannot be written: it is a folder; specify a file.", Error(Destination + "/"));
    }

    [LinuxTheory]
    [InlineData("file.txt")]
    [InlineData("deeper/file.txt")]
    public void A_link_is_followed_from_where_it_lies(string target)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "deeper"));
        string link = Path.Combine(folder.FullName, "deeper", "link");
        File.CreateSymbolicLink(link, target);
        string destination = Path.Combine(folder.FullName, "deeper", target);
        if (target != "file.txt")
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);

        AtomicFile.Write(link, stream => stream.Write("new"u8));
        AtomicFile.Write(link, stream => stream.Write("newer"u8));
        Assert.Equal("newer", File.ReadAllText(destination));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [LinuxFact]
    public void A_link_of_a_bare_name_is_followed_from_the_current_folder()
    {
        string name = $"fpe-{Guid.NewGuid():N}";
        Directory.CreateDirectory(name);
        File.CreateSymbolicLink(name + ".st", $"{name}/x.st");
        try
        {
            AtomicFile.Write(name + ".st", stream => stream.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(Path.Combine(name, "x.st")));
            Assert.False(Path.Exists($"/{name}"));
        }
        finally
        {
            File.Delete(name + ".st");
            Directory.Delete(name, recursive: true);
        }
    }

    [LinuxFact]
    public void Links_are_followed_in_chains_through_folders_and_from_the_root()
    {
        // first → second → (folder link) shelf → far/away, and out of there by "..", which is far and not the folder of the link
        string Within(string name) => Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Within("far/away"));
        Directory.CreateSymbolicLink(Within("shelf"), "far/away");
        File.CreateSymbolicLink(Within("first"), Within("second"));
        File.CreateSymbolicLink(Within("second"), "shelf/../third");
        File.CreateSymbolicLink(Within("far/third"), "./away//file.txt");

        AtomicFile.Write(Within("first"), stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(Within("far/away/file.txt")));
        Assert.Equal("new", File.ReadAllText(Within("first")));
    }

    [LinuxFact]
    public void Links_in_a_circle_are_one_error()
    {
        string other = Path.Combine(folder.FullName, "other");
        File.CreateSymbolicLink(Destination, other);
        File.CreateSymbolicLink(other, Destination);
        Assert.Equal($"{Destination} cannot be written: its symbolic links are circular, or there are more than 40 of them; correct the links.", Error(Destination));
        Assert.Equal(2, folder.GetFileSystemInfos().Length);
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_is_replaced_keeps_its_mode_and_owner()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute;
        File.WriteAllText(Destination, "old");
        File.SetUnixFileMode(Destination, Mode);
        bool isRoot = Shell.Run($"chown 1234:4321 '{Destination}'");
        AtomicFile.Write(Destination, stream =>
        {
            stream.Write("new"u8);
            Assert.Equal(Mode, File.GetUnixFileMode(Assert.Single(folder.GetFiles("fpe-*.tmp")).FullName));
        });

        Assert.Equal("new", File.ReadAllText(Destination));
        Assert.Equal(Mode, File.GetUnixFileMode(Destination));
        if (isRoot)
            Assert.Equal((1234u, 4321u), FileStatus.Of(Destination)!.Owner);
    }

    [LinuxFact]
    public async Task A_pipe_is_written_and_stays_a_pipe()
    {
        Assert.True(Shell.Run($"mkfifo '{Destination}'"));
        Task<string> reader = Task.Run(() => File.ReadAllText(Destination));
        AtomicFile.Write(Destination, stream => stream.Write(new byte[200_000]));
        Assert.Equal(200_000, (await reader).Length);
        Assert.Equal(FileKind.Pipe, FileStatus.Of(Destination)!.Kind);
        Assert.Single(folder.GetFiles());
    }

    [LinuxFact]
    public async Task A_pipe_ends_when_its_content_is_committed()
    {
        Assert.True(Shell.Run($"mkfifo '{Destination}'"));
        Task<string> reader = Task.Run(() => File.ReadAllText(Destination));
        using var file = new AtomicFile(Destination);
        file.Commit(stream => stream.Write("new"u8));
        Assert.Equal("new", await reader.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [LinuxFact]
    public void A_pipe_that_nobody_reads_is_an_error()
    {
        Assert.True(Shell.Run($"mkfifo '{Destination}'"));
        Assert.Equal($"{Destination} cannot be written: no program has opened the pipe for reading within 3 s; start the reader first.", Error(Destination));
    }

    [LinuxFact]
    public void A_device_is_written_by_several_at_once()
    {
        // Root could replace /dev/null, should this go wrong, and gets a device of its own; others get an error.
        string device = Path.Combine(folder.FullName, "null");
        if (!Shell.Run($"mknod -m 666 '{device}' c 1 3 && echo > '{device}'"))
            device = "/dev/null";
        using var first = new AtomicFile(device);
        using var second = new AtomicFile(device);
        second.Commit(stream => stream.Write("second"u8));
        first.Commit(stream => stream.Write("first"u8));
        Assert.Equal(FileKind.Device, FileStatus.Of(device)!.Kind);
    }

    [LinuxFact]
    public void A_device_that_does_not_exist_is_an_error_of_opening_it()
    {
        Assert.Equal("/proc/fpe/missing cannot be written: Could not find a part of the path '/proc/fpe/missing'.", Error("/proc/fpe/missing"));
        Assert.Equal("/dev/fpe-missing cannot be written: Could not find file '/dev/fpe-missing'.", Error("/dev/fpe-missing"));
        Assert.False(File.Exists("/dev/fpe-missing"));
    }

    [LinuxTheory]
    [InlineData("/proc/self/fd/")]
    [InlineData("/dev/fd/")]
    public void What_a_program_writes_to_a_file_is_appended_to(string descriptors)
    {
        using var output = new FileStream(Destination, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        output.Write("before"u8);
        output.Flush();
        AtomicFile.Write(descriptors + output.SafeFileHandle.DangerousGetHandle(), stream => stream.Write(" after"u8));
        using var reader = new StreamReader(new FileStream(Destination, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("before after", reader.ReadToEnd());
        Assert.Single(folder.GetFiles());
    }

    [Theory]
    [InlineData("n", 255)]
    [InlineData("ü", 127)]
    public void The_longest_names_can_be_written(string letter, int count)
    {
        string path = Path.Combine(folder.FullName, string.Concat(Enumerable.Repeat(letter, count)));
        for (int time = 0; time < 2; time++)
            AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(folder.GetFiles());
    }

    [Theory]
    [InlineData(FileShare.Read)]
    [InlineData(FileShare.None)]
    public void A_reader_does_not_keep_a_file_from_being_replaced(FileShare share)
    {
        File.WriteAllText(Destination, "old");
        using var reader = new FileStream(Destination, FileMode.Open, FileAccess.Read, OperatingSystem.IsWindows() ? FileShare.Delete : share);
        AtomicFile.Write(Destination, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(Destination));
        Assert.Equal((byte)'o', reader.ReadByte());
    }

    [Fact]
    public void A_folder_that_is_lost_in_between_is_reported()
    {
        using var file = new AtomicFile(Destination);
        folder.Delete(recursive: true);
        Assert.Throws<FileAccessException>(() => file.Commit(stream => stream.Write("new"u8)));
        folder.Create();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Error(string path) => Assert.Throws<FileAccessException>(() => new AtomicFile(path)).Message;
}

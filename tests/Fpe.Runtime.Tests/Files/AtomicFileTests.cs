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

    [Fact]
    public void A_folder_that_is_lost_in_between_is_reported()
    {
        using var file = new AtomicFile(Destination);
        folder.Delete(recursive: true);
        Assert.Throws<FileAccessException>(() => file.Commit(stream => stream.Write("new"u8)));
        folder.Create();
    }

    public void Dispose() => folder.Delete(recursive: true);
}

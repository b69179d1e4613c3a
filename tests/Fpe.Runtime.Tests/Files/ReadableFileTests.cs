using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

public sealed class ReadableFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "file");

    [Fact]
    public void Others_may_read_write_and_replace_a_file_that_is_read()
    {
        System.IO.File.WriteAllText(File, "old");
        using FileStream reader = ReadableFile.OpenStream(File);
        ReadableFile.OpenStream(File).Dispose();
        new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        AtomicFile.Write(File, stream => stream.Write("new"u8));
        Assert.Equal((byte)'o', reader.ReadByte());
    }

    [Fact]
    public void A_whole_file_is_read_at_any_position()
    {
        System.IO.File.WriteAllText(File, "old");
        using FileStream reader = ReadableFile.OpenWhole(File);
        reader.Position = 2;
        Assert.Equal((byte)'d', reader.ReadByte());
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_is_waited_for()
    {
        var kept = new FileStream(File, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Task<FileStream> opened = Task.Run(() => ReadableFile.OpenStream(File));
        await Task.Delay(100);
        Assert.False(opened.IsCompleted);
        kept.Dispose();
        (await opened).Dispose();
    }

    [Fact]
    public void A_file_that_another_program_does_not_give_back_is_one_error()
    {
        using var kept = new FileStream(File, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Assert.Equal(
            $"{File} cannot be read: another program has kept it open for 3 s; close it there, or use another file.",
            Assert.Throws<FileAccessException>(() => ReadableFile.OpenStream(File)).Message);
    }

    [LinuxFact]
    public void A_pipe_that_nobody_writes_to_is_refused_where_a_file_is_needed()
    {
        Assert.True(Shell.Run($"mkfifo '{File}' && ln -s file '{File}.gz'"));
        const string Problem = "it is a pipe or a device; copy its content to a file.";
        Assert.Equal($"{File} cannot be read: {Problem}", Assert.Throws<FileAccessException>(() => SafetensorsReader.Open(File)).Message);
        Assert.Equal($"{File}: it cannot be opened: {Problem}", Assert.Throws<FileUnreadableException>(() => NpyArray.Open(File)).Message);
        Assert.Equal($"{File}: it cannot be opened: {Problem}", Assert.Throws<FileUnreadableException>(() => NpzFile.Open(File)).Message);
        Assert.Equal($"{File}.gz: it cannot be opened: {Problem}", Assert.Throws<FileUnreadableException>(() => CsvClasses.Read(File + ".gz", 2, 3)).Message);
    }

    public void Dispose() => folder.Delete(recursive: true);
}

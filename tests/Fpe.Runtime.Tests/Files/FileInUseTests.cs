using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

/// <summary>What is waited for, and what is an error at once.</summary>
public sealed class FileInUseTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string Source => Path.Combine(folder.FullName, "source");

    private string Destination => Path.Combine(folder.FullName, "destination");

    [Fact]
    public void What_is_wrong_is_said_in_the_words_of_the_caller()
    {
        using var kept = new FileStream(Source, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Assert.Equal("it is mine.", Assert.Throws<IOException>(() => FileInUse.WaitFor(() => File.OpenRead(Source), "it is mine.")).Message);
    }

    [Fact]
    public void Other_errors_come_as_they_are()
    {
        Assert.Throws<FileNotFoundException>(() => FileInUse.WaitFor(() => File.OpenRead(Source)));
        Assert.Throws<FileNotFoundException>(() => FileInUse.Replace(Source, Destination));
    }

    [DiskFact]
    public void A_file_that_the_system_uses_is_waited_for_and_not_deleted()
    {
        File.WriteAllText(Source, "new");
        File.WriteAllText(Destination, "old");
        Assert.True(Shell.Run($"mount --bind '{Destination}' '{Destination}'"));
        try
        {
            Assert.Equal(
                "another program has kept it open for 3 s; close it there, or use another file.",
                Assert.Throws<IOException>(() => FileInUse.Replace(Source, Destination)).Message);
            FileInUse.DeleteIfFree(Destination);
            Assert.Equal("old", File.ReadAllText(Destination));
        }
        finally
        {
            Assert.True(Shell.Run($"umount '{Destination}'"));
        }
    }

    [Fact]
    public void A_file_that_nobody_uses_is_replaced_and_deleted()
    {
        File.WriteAllText(Source, "new");
        File.WriteAllText(Destination, "old");
        FileInUse.Replace(Source, Destination);
        Assert.Equal("new", File.ReadAllText(Destination));
        FileInUse.DeleteIfFree(Destination);
        Assert.Empty(folder.GetFiles());
    }

    public void Dispose() => folder.Delete(recursive: true);
}

using Fpe.Cli.Reports;

namespace Fpe.Cli.Tests;

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
            Assert.Throws<StudyException>(() => file.Commit(_ => throw new IOException("The disk is full.")));

        Assert.Empty(folder.GetFiles());
    }

    public void Dispose() => folder.Delete(recursive: true);
}

using Fpe.Cli.Results;
using Fpe.Cli.Running;

namespace Fpe.Cli.Tests.Results;

/// <summary>A merged file depends on the results only.</summary>
public sealed class ResultSetTests : IDisposable
{
    private const int Runs = 10_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 100)]
    public void A_merged_file_has_the_same_bytes_whatever_the_files_the_blocks_and_the_threads(int seed, int files)
    {
        int[] order = [.. Enumerable.Range(0, Runs)];
        new Random(seed).Shuffle(order);
        for (int file = 0; file < files; file++)
        {
            // Half of them are in order, as those of a worker with one thread.
            IEnumerable<int> part = order.Where((_, index) => index % files == file);
            Write($"{file}.jsonl", MadeUpResults.Lines(file % 2 == 0 ? part : part.Order()));
        }

        byte[] expected = MadeUpResults.Lines(Enumerable.Range(0, Runs));
        foreach (ReadingOptions way in (ReadingOptions[])[new(Threads: 1, BlockSize: 1 << 12), new(Threads: 4, BlockSize: 1 << 16), ReadingOptions.Default])
            Assert.Equal(expected, Merged(folder.FullName, way));
    }

    [Fact]
    public void The_result_in_the_first_file_is_taken()
    {
        Write("b.jsonl", [.. MadeUpResults.Line(1, 5), .. MadeUpResults.Line(0, 5)]);
        Write("a.jsonl", [.. MadeUpResults.Line(2, 3), .. MadeUpResults.Line(1, 3)]);
        Write("c.jsonl", [.. MadeUpResults.Line(0, 7), .. MadeUpResults.Line(1, 7), .. MadeUpResults.Line(2, 7)]);
        byte[] expected = [.. MadeUpResults.Line(0, 5), .. MadeUpResults.Line(1, 3), .. MadeUpResults.Line(2, 3)];
        Assert.Equal(expected, Merged(folder.FullName, ReadingOptions.Default));
        Assert.Equal(3, ResultSet<StudyResult>.Read(folder.FullName, StudyResultFormat.Instance, Assert.Fail).Count);
    }

    [Fact]
    public void A_file_is_read_in_its_order_and_written_in_that_of_the_keys()
    {
        string file = Write("one.jsonl", MadeUpResults.Lines([3, 10, 1])[..^1]);
        var set = ResultSet<StudyResult>.Read(file, StudyResultFormat.Instance, Assert.Fail);
        Assert.Equal([3L, 10, 1], set.Results.Select(result => result.Configuration.Seed));
        Assert.Equal(MadeUpResults.Lines([1, 3, 10]), Merged(file, ReadingOptions.Default));
        set.Sort();
        Assert.Equal([1L, 3, 10], set.Results.Select(result => result.Configuration.Seed));
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_copied()
    {
        byte[] expected = [.. MadeUpResults.Line(0), .. MadeUpResults.Line(1, 9_000_000), .. MadeUpResults.Line(2), .. MadeUpResults.Line(3, 5_000_000)];
        Write("a.jsonl", [.. MadeUpResults.Line(3, 5_000_000), .. MadeUpResults.Line(1, 9_000_000)]);
        Write("b.jsonl", [.. MadeUpResults.Line(0), .. MadeUpResults.Line(2)]);
        Assert.Equal(expected, Merged(folder.FullName, ReadingOptions.Default));
    }

    [Fact]
    public void A_file_that_became_shorter_is_named()
    {
        string file = Write("a.jsonl", MadeUpResults.Lines(Enumerable.Range(0, 100)));
        var set = ResultSet<StudyResult>.Read(folder.FullName, StudyResultFormat.Instance, Assert.Fail);
        Write("a.jsonl", MadeUpResults.Lines(Enumerable.Range(0, 99)));
        string message = Assert.Throws<ResultsFileException>(() => set.Write(Stream.Null)).Message;
        Assert.Equal($"{file}: it became shorter while it was read; merge again when nothing writes to it.", message);
    }

    [Fact]
    public void A_failure_to_write_is_reported_as_it_is()
    {
        Write("a.jsonl", MadeUpResults.Lines(Enumerable.Range(0, 100)));
        var set = ResultSet<StudyResult>.Read(folder.FullName, StudyResultFormat.Instance, Assert.Fail);
        Assert.Throws<NotSupportedException>(() => set.Write(new MemoryStream(new byte[1])));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Merged(string path, ReadingOptions way)
    {
        using var merged = new MemoryStream();
        ResultSet<StudyResult>.Read(path, StudyResultFormat.Instance, Assert.Fail, way).Write(merged);
        return merged.ToArray();
    }

    private string Write(string name, byte[] text)
    {
        string file = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(file, text);
        return file;
    }
}

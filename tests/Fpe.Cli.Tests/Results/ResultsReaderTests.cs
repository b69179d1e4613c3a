using System.Text;
using Fpe.Cli.Results;
using Fpe.Cli.Running;

namespace Fpe.Cli.Tests.Results;

/// <summary>What is read, and which problem is reported, does not depend on the number of threads or on where blocks end.</summary>
public sealed class ResultsReaderTests : IDisposable
{
    private static readonly ReadingOptions[] Ways =
    [
        new(Threads: 1, BlockSize: 1 << 20), new(Threads: 1, BlockSize: 64), new(Threads: 2, BlockSize: 256), new(Threads: 4, BlockSize: 1000),
        new(Threads: 8, BlockSize: 16), ReadingOptions.Default,
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Fact]
    public void Every_line_is_found_where_it_is()
    {
        byte[] text = MadeUpResults.Lines(Enumerable.Range(0, 300));
        foreach (ResultsText<StudyResult> read in ReadAll(text))
        {
            Assert.Equal(Enumerable.Range(0, 300).Select(seed => (long)seed), read.Results.Select(result => result.Configuration.Seed));
            Assert.Equal((text.Length, Tail.None), (read.TailStart, read.Tail));
            Assert.All(read.Lines, line => Assert.Equal(
                StudyResultFormat.Instance.Write(line.Result)[..^1], text.AsSpan((int)line.Start, line.Length).ToArray()));
        }
    }

    [Fact]
    public void A_line_may_be_longer_than_a_block()
    {
        byte[] text = [.. MadeUpResults.Line(0), .. MadeUpResults.Line(1, 3_000_000), .. MadeUpResults.Line(2)];
        Assert.All(ReadAll(text), read => Assert.Equal([20, 3_000_000, 20], read.Results.Select(result => result.Divergence!.Message.Length)));
    }

    [Fact]
    public void The_last_line_needs_no_line_break()
    {
        byte[] text = MadeUpResults.Lines(Enumerable.Range(0, 9));
        long start = text.Length - MadeUpResults.Lines([8]).Length;
        Assert.All(ReadAll(text[..^1]), read => Assert.Equal((9, start, Tail.Unended), (read.Lines.Count, read.TailStart, read.Tail)));
        Assert.All(ReadAll(text[..^2]), read => Assert.Equal((8, start, Tail.Torn), (read.Lines.Count, read.TailStart, read.Tail)));
    }

    [Fact]
    public void Lines_may_end_as_on_Windows()
    {
        string text = Encoding.UTF8.GetString(MadeUpResults.Lines(Enumerable.Range(0, 9))).ReplaceLineEndings("\r\n");
        Assert.All(ReadAll(Encoding.UTF8.GetBytes(text)), read => Assert.Equal((9, text.Length, Tail.None), (read.Lines.Count, read.TailStart, read.Tail)));
    }

    [Theory]
    [InlineData(new[] { 5, 6, 7, -1, 8 }, "line 4 is damaged: The input does not contain any JSON tokens.")]
    [InlineData(new[] { 5, 6, 5, -1, 8 }, "line 3 is damaged: it repeats the run of line 1.")]
    [InlineData(new[] { -1, 6, 6, -1, 8 }, "line 1 is damaged: The input does not contain any JSON tokens.")]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3, 12, -1, -1 }, "line 14 is damaged: it repeats the run of line 4.")]
    public void The_first_problem_is_reported(int[] seeds, string problem)
    {
        byte[] text = [.. seeds.SelectMany(seed => seed < 0 ? "\n"u8.ToArray() : MadeUpResults.Line(seed))];
        foreach (ReadingOptions way in Ways)
        {
            string message = Assert.Throws<ResultsFileException>(() => Read(text, way)).Message;
            Assert.StartsWith($"text: {problem}", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_of_several_files_with_a_problem_is_named()
    {
        string[] files = [.. Enumerable.Range(0, 6).Select(file => Path.Combine(folder.FullName, $"{file}.jsonl"))];
        for (int file = 0; file < files.Length; file++)
            File.WriteAllBytes(files[file], MadeUpResults.Lines(Enumerable.Range(100 * file, 50)));
        File.AppendAllText(files[3], "not a result");
        File.AppendAllBytes(files[2], MadeUpResults.Line(200));
        File.AppendAllText(files[4], "\n");
        File.Delete(files[5]);
        foreach (ReadingOptions way in Ways)
        {
            string message = Assert.Throws<ResultsFileException>(() => ResultsReader<StudyResult>.Read(files, StudyResultFormat.Instance, way)).Message;
            Assert.StartsWith($"{files[2]}: line 51 is damaged: it repeats the run of line 1.", message, StringComparison.Ordinal);
            Assert.StartsWith($"{files[3]}: line 51 is damaged: it is no result of a run.", ProblemOf(files[3..], way), StringComparison.Ordinal);
            Assert.StartsWith($"{files[4]}: line 51 is damaged: The input", ProblemOf(files[4..], way), StringComparison.Ordinal);
            Assert.StartsWith($"{files[5]}: cannot be read: ", ProblemOf(files[5..], way), StringComparison.Ordinal);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string ProblemOf(string[] files, ReadingOptions way) =>
        Assert.Throws<ResultsFileException>(() => ResultsReader<StudyResult>.Read(files, StudyResultFormat.Instance, way)).Message;

    private static IEnumerable<ResultsText<StudyResult>> ReadAll(byte[] text) => Ways.Select(way => Read(text, way));

    private static ResultsText<StudyResult> Read(byte[] text, ReadingOptions way) =>
        ResultsReader<StudyResult>.Read("text", StudyResultFormat.Instance, new MemoryStream(text), way);
}

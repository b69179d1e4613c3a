using System.Text;
using Fpe.Cli.Results;
using Samples.Paper.Results;

namespace Samples.Paper.Tests.Results;

public sealed class ResultsFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
    private readonly List<string> warnings = [];

    private string File => Path.Combine(folder.FullName, "deeper", "results.jsonl");

    [Fact]
    public void Results_come_back_as_they_were()
    {
        RunResult[] written = [.. Three()];
        Write(written);

        Assert.Equal(Text(written), Text(ResultsReader<RunResult>.Read(File, RunResultFormat.Instance).Results));
        using ResultsFile<RunResult> opened = Open();
        Assert.Equal(0.1 + 0.2, opened.Find(written[1].Configuration.Key)!.Loss[1]);
        Assert.True(opened.Find(written[2].Configuration.Key)!.IsDiverged);
        Assert.Null(opened.Find((written[0].Configuration with { Seed = 99 }).Key));
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_file_cut_at_any_byte_loses_no_whole_line()
    {
        Write([.. Three()]);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        foreach (int length in Enumerable.Range(0, whole.Length + 1).Where(length => IsWorthATry(whole, length)))
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            warnings.Clear();
            int lines = whole[..length].Count(b => b == '\n');
            bool lacksOnlyTheEnd = length < whole.Length && whole[length] == '\n' && length > 0 && whole[length - 1] == '}';
            int expected = lacksOnlyTheEnd ? lines + 1 : lines;

            Append(MadeUp.Of(MadeUp.Fashion, Variant.Dense, seed: 7, 80));

            Assert.Equal(expected + 1, ResultsReader<RunResult>.Read(File, RunResultFormat.Instance).Results.Count);
            bool isTorn = !lacksOnlyTheEnd && length > 0 && whole[length - 1] != '\n';
            Assert.Equal(isTorn ? 1 : 0, warnings.Count);
            if (isTorn)
                Assert.Contains($"results.jsonl: line {lines + 1} was cut short", warnings[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"seed\":0", "\"seed\":0,\"newer\":1")]
    [InlineData("\"seed\":0", "\"sead\":0")]
    public void A_line_of_another_version_is_not_called_damaged(string field, string other)
    {
        Write([.. Three()]);
        string text = System.IO.File.ReadAllText(File);
        Assert.Contains(field, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, text.Replace(field, other, StringComparison.Ordinal));
        Assert.StartsWith($"{File}: line 1 is of another version of this program, or damaged: ", Assert.Throws<ResultsFileException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"key\":\"x\",\"result\":{}")]
    [InlineData("{\"a\":1}")]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("null")]
    public void A_damaged_line_is_named_and_nothing_is_touched(string damage)
    {
        Write([.. Three()]);
        string[] lines = System.IO.File.ReadAllLines(File);
        lines[1] = damage;
        System.IO.File.WriteAllLines(File, lines);
        byte[] before = System.IO.File.ReadAllBytes(File);

        var error = Assert.Throws<ResultsFileException>(Open);
        Assert.Contains($"{File}: line 2 is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_line_whose_configuration_was_changed_is_damaged()
    {
        Write([.. Three()]);
        string text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, text.Replace("\"epochs\":2000", "\"epochs\":1000", StringComparison.Ordinal));

        var error = Assert.Throws<ResultsFileException>(Open);
        Assert.Contains("line 1 is damaged: its key is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_kept()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "{\"a\": 1}");

        Assert.Contains("line 1 is damaged: it is no result of a run", Assert.Throws<ResultsFileException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal("{\"a\": 1}", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_run_cannot_be_recorded_twice()
    {
        RunResult result = Three().First();
        using (ResultsFile<RunResult> results = Open())
        {
            results.Append(result);
            Assert.Throws<InvalidOperationException>(() => results.Append(result with { Seconds = 2 }));
        }

        System.IO.File.AppendAllText(File, System.IO.File.ReadAllText(File));
        Assert.Contains("line 2 is damaged: it repeats the run of line 1.", Assert.Throws<ResultsFileException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_use_is_refused_but_can_be_read()
    {
        using (ResultsFile<RunResult> results = Open())
        {
            results.Append(Three().First());
            Assert.Contains("another process is writing to it", Assert.Throws<ResultsFileException>(Open).Message, StringComparison.Ordinal);
            Assert.Single(ResultsReader<RunResult>.Read(File, RunResultFormat.Instance).Results);
        }

        Open().Dispose();
    }

    [Fact]
    public void A_file_in_use_is_refused_under_another_name()
    {
        using ResultsFile<RunResult> results = Open();
        string link = Path.Combine(folder.FullName, "link");
        System.IO.File.CreateSymbolicLink(link, Path.Combine("deeper", "results.jsonl"));
        Assert.Contains("another process is writing to it", Assert.Throws<ResultsFileException>(() => new ResultsFile<RunResult>(link, RunResultFormat.Instance, warnings.Add)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(251)]
    [InlineData(250)]
    public void The_longest_names_can_be_used(int length)
    {
        string path = Path.Combine(folder.FullName, new string('r', length));
        using (var results = new ResultsFile<RunResult>(path, RunResultFormat.Instance, warnings.Add))
            results.Append(Three().First());
        Assert.Single(ResultsReader<RunResult>.Read(path, RunResultFormat.Instance).Results);
    }

    [Fact]
    public void A_folder_is_no_results_file()
    {
        var error = Assert.Throws<ResultsFileException>(() => new ResultsFile<RunResult>(folder.FullName, RunResultFormat.Instance, warnings.Add));
        Assert.Contains(folder.FullName, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Every append waits for the disk, so not all lengths are tried: those around line ends, and some between.
    private static bool IsWorthATry(byte[] whole, int length) =>
        length % 61 == 0 || length < 10 || length > whole.Length - 3 || whole.AsSpan(length - 3, 6).Contains((byte)'\n');

    private static IEnumerable<RunResult> Three() =>
    [
        MadeUp.Of(MadeUp.Boolean, Variant.Dense, seed: 0, 77.7),
        MadeUp.Of(MadeUp.Boolean, MadeUp.Expanded(Method.Random, after: 50) with { Share = 4, Outgoing = Outgoing.Deal }, seed: 0, 87.9),
        MadeUp.Diverged(MadeUp.Fashion, MadeUp.Expanded(Method.Feature), seed: 1),
    ];

    private static string Text(IEnumerable<RunResult> results) =>
        string.Concat(results.Select(result => Encoding.UTF8.GetString(RunResultFormat.Instance.Write(result))));

    private ResultsFile<RunResult> Open() => new(File, RunResultFormat.Instance, warnings.Add);

    private void Append(RunResult result) => Write([result]);

    private void Write(RunResult[] results)
    {
        using ResultsFile<RunResult> file = Open();
        foreach (RunResult result in results)
            file.Append(result);
    }
}

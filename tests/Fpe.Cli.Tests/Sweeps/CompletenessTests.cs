using System.Globalization;
using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Tests.Sweeps;

/// <summary>Results of a sweep of 6 runs, of which merging may miss none.</summary>
public sealed class CompletenessTests : IDisposable
{
    private static readonly StudyResult[] Runs = [.. Enumerable.Range(0, 6).Select(ResultOf)];
    private static readonly SweepPlan Sweep = PlanOf(Runs);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
    private readonly List<string> warnings = [];

    private string Results => folder.FullName;

    [Fact]
    public void All_parts_are_complete()
    {
        Assert.Equal(2, Work(new Shard(1, 3)));
        Assert.Equal(2, Work(new Shard(2, 3)));
        Assert.Equal(2, Work(new Shard(3, 3)));
        Assert.Equal(6, Merge().Count);
        Assert.All(new ResultsFolder(Results).Records(), record => Assert.Equal((6, 2, 2, true), (record.Runs, record.PartRuns, record.OwnResults, record.IsComplete)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_finished_part_that_lost_lines_is_named_with_the_numbers(int kept)
    {
        WorkAll(3);
        Cut("shard-2-of-3.jsonl", kept, "");
        AssertRefused($"{Results}: part 2/3 has 2 runs, and its file shard-2-of-3.jsonl had 2 results when it finished, but has {kept.ToString(CultureInfo.InvariantCulture)} now; start it again: only missing runs are run.");
        Assert.Equal(2 - kept, Work(new Shard(2, 3)));
        Assert.Equal(6, Merge().Count);
    }

    [Fact]
    public void A_finished_part_whose_file_was_cut_within_a_line_or_deleted_is_named()
    {
        WorkAll(3);
        Cut("shard-2-of-3.jsonl", 1, "{\"key\":\"Ti");
        AssertRefused("had 2 results when it finished, but has 1 now");
        Path("shard-2-of-3.jsonl").Delete();
        AssertRefused("had 2 results when it finished, but has 0 now");
    }

    [Fact]
    public void A_part_that_was_started_again_is_incomplete_until_it_ends()
    {
        WorkAll(3);
        Start(new Shard(2, 3)).Dispose();
        AssertRefused("1 part has not finished: 2/3");
        Assert.Equal(0, Work(new Shard(2, 3)));
        Assert.Equal(6, Merge().Count);
    }

    [Fact]
    public void A_process_with_all_runs_that_was_killed_is_refused()
    {
        using (ResultStore<StudyResult> store = Start(Shard.Whole))
            store.Append(Runs[0]);
        AssertRefused($"{Results}: a process without --shard has not finished its 6 runs; start it again: only missing runs are run.");
        Assert.Equal(5, Work(Shard.Whole));
        Assert.Equal(6, Merge().Count);
        Cut("results.jsonl", 3, "");
        AssertRefused("the process without --shard has 6 runs, and its file results.jsonl had 6 results when it finished, but has 3 now");
    }

    [Fact]
    public void What_others_completed_is_complete_even_if_the_file_of_a_part_ends_within_a_line()
    {
        Work(new Shard(1, 2));
        using (ResultStore<StudyResult> store = Start(new Shard(2, 2)))
            store.Append(Runs.First(run => Sweep.RunsOf(new Shard(2, 2))(run.Configuration.Key)));
        Cut("shard-2-of-2.jsonl", 0, "{\"key\":\"Ti");
        AssertRefused("1 part has not finished: 2/2");
        Assert.Equal(3, Work(Shard.Whole));
        Assert.Equal(6, Merge().Count);
        Assert.Contains("shard-2-of-2.jsonl: line 1 is not whole and is left out.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_a_merged_file_that_is_gone_are_missed()
    {
        File.WriteAllBytes(Path("merged.jsonl").FullName, [.. Runs[..4].SelectMany(StudyResultFormat.Instance.Write)]);
        Assert.Equal(2, Work(new Shard(1, 2)) + Work(new Shard(2, 2)));
        Assert.Equal(6, Merge().Count);
        Path("merged.jsonl").Delete();
        AssertRefused($"{Results}: it has 2 of 6 runs; start the program without --shard to complete it: only missing runs are run.");
    }

    [Fact]
    public void A_single_file_that_ends_within_a_line_is_refused()
    {
        string file = Path("one.jsonl").FullName;
        File.WriteAllBytes(file, [.. StudyResultFormat.Instance.Write(Runs[0])]);
        Assert.Equal(1, Completeness.Read(file, StudyResultFormat.Instance, Assert.Fail).Count);
        File.AppendAllText(file, "{\"key\":\"Ti");
        string message = Assert.Throws<ResultsFileException>(() => Completeness.Read(file, StudyResultFormat.Instance, Assert.Fail)).Message;
        Assert.StartsWith($"{file}: line 2 is not whole, so its run is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_files_with_the_names_of_workers_are_theirs()
    {
        File.WriteAllText(Path("runs.json").FullName, "[]");
        File.WriteAllText(Path("shard-01-of-2.json").FullName, "[]");
        File.WriteAllText(Path("shard-3-of-2.json").FullName, "[]");
        File.WriteAllBytes(Path("shard-of-last-week.jsonl").FullName, StudyResultFormat.Instance.Write(Runs[0]));
        File.WriteAllBytes(Path("shard-1-of-4.jsonl").FullName, StudyResultFormat.Instance.Write(Runs[1]));
        Assert.Equal(4, Work(new Shard(1, 2)) + Work(new Shard(2, 2)));
        Assert.Equal(6, Merge().Count);
    }

    [Theory]
    [InlineData("\"shard\":2", "\"shard\":-5", "it is of part -5/2, but its name is that of 2/2.")]
    [InlineData("\"shards\":2", "\"shards\":2000000000", "it is of part 2/2000000000, but its name is that of 2/2.")]
    [InlineData("\"runs\":6", "\"runs\":-1", "runs is -1; from 0 to 1,000,000 are possible.")]
    [InlineData("\"partRuns\":3", "\"partRuns\":7", "partRuns is 7, but runs is 6.")]
    [InlineData("\"ownResults\":3", "\"ownResults\":-3", "ownResults is -3.")]
    [InlineData("\"peakMemory\":", "\"peakMemory\":-", "peakMemory is -")]
    [InlineData("\"partRuns\":3,", "", "missing required properties including: 'partRuns'")]
    public void A_record_that_cannot_be_is_damaged(string field, string damage, string problem)
    {
        WorkAll(2);
        string record = Path("shard-2-of-2.json").FullName;
        string text = File.ReadAllText(record);
        Assert.Contains(field, text, StringComparison.Ordinal);
        File.WriteAllText(record, text.Replace(field, damage, StringComparison.Ordinal));
        string message = AssertRefused(problem);
        Assert.StartsWith($"{record}: it is no record of a worker, or damaged: ", message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static StudyResult ResultOf(int seed) => new()
    {
        Configuration = new StudyConfiguration(nameof(TinyNet), Epochs: 1, ExpandAfter: 0, Recipe: "0123456789abcdef", IsExpanded: true, seed),
        Divergence = new StudyDivergence(1, "TinyNet: training diverged."),
    };

    private static SweepPlan PlanOf(StudyResult[] runs) =>
        new("Test", [.. runs.Select(run => new WorkItem(run.Configuration.Key, run.Configuration.Key, SharedCost: 0, OwnCost: 1))]);

    private FileInfo Path(string name) => new(System.IO.Path.Combine(Results, name));

    private ResultStore<StudyResult> Start(Shard shard) => new(Results, StudyResultFormat.Instance, Sweep, shard, warnings.Add);

    // Returns the number of runs that were missing.
    private int Work(Shard shard)
    {
        using ResultStore<StudyResult> store = Start(shard);
        Func<string, bool> contains = Sweep.RunsOf(shard);
        StudyResult[] missing = [.. Runs.Where(run => contains(run.Configuration.Key) && store.Find(run.Configuration.Key) is null)];
        Array.ForEach(missing, store.Append);
        store.Complete();
        return missing.Length;
    }

    private void WorkAll(int shards)
    {
        for (int shard = 1; shard <= shards; shard++)
            Work(new Shard(shard, shards));
    }

    private void Cut(string name, int lines, string end)
    {
        string file = Path(name).FullName;
        File.WriteAllText(file, string.Concat(File.ReadLines(file).Take(lines).Select(line => line + "\n").ToArray()) + end);
    }

    private ResultSet<StudyResult> Merge() => Completeness.Read(Results, StudyResultFormat.Instance, warnings.Add);

    private string AssertRefused(string problem)
    {
        string message = Assert.Throws<ResultsFileException>(Merge).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        return message;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Sweeps;

/// <summary>Several workers do what one process does, and nothing twice.</summary>
public sealed partial class ShardTests : IDisposable
{
    private const int Shards = 3;
    private static readonly string[] Paper = ["boolean", "--quick", "--epochs", "200", "--seeds", "3", "--threads", "1"];
    private static readonly string[] Digits = ["--seeds", "4", "--epochs", "3", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    private string Results => folder["results"];

    [Fact]
    public void Workers_at_the_same_time_give_the_file_and_the_tables_of_one_process()
    {
        Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", folder["one"] + "/"]).ExitCode);
        Command[] workers = [.. Parts().Select(shard => StudyProgram.Paper.Start(_ => { }, [.. Paper, "--results", Results, "--shard", shard]))];
        CommandResult[] ended = [.. workers.Select(worker => worker.Wait())];
        Array.ForEach(workers, worker => worker.Dispose());

        Assert.All(ended, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(["Part 1/3: 3 of 3 runs", "Part 2/3: 3 of 3 runs", "Part 3/3: 3 of 3 runs"], ended.Select(result => result.Output.Split(" are in")[0]));
        CommandResult one = StudyProgram.Paper.Run("merge", "--results", folder["one"], "--into", folder["one.jsonl"]);
        CommandResult many = StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["many.jsonl"], "--report", folder["report.html"]);
        Assert.Equal((0, ""), (many.ExitCode, many.Error));
        Assert.Equal(one.Output, many.Output);
        Assert.Equal(9, StoredResults.Lines(folder["many.jsonl"]).Length);
        Assert.Equal(StoredResults.Lines(folder["one.jsonl"]), StoredResults.Lines(folder["many.jsonl"]));
        Assert.Equal(many.Output, StudyProgram.Paper.Run("tables", "--results", Results).Output);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Slurm_array_of_a_study_reports_what_one_process_reports()
    {
        CommandResult one = StudyProgram.Digits.Run([.. Digits, "--json", folder["one.json"]]);
        for (int task = 0; task < Shards; task++)
        {
            CommandResult worker = StudyProgram.Digits.RunIn(SlurmTask(10 + (5 * task)), [.. Digits, "--results", Results]);
            Assert.Equal(0, worker.ExitCode);
            Assert.StartsWith($"Part {Number(task + 1)}/3: ", worker.Output, StringComparison.Ordinal);
        }

        CommandResult many = StudyProgram.Digits.Run("merge", "--results", Results, "--into", folder["many.jsonl"], "--json", folder["many.json"]);
        Assert.Equal((0, ""), (many.ExitCode, many.Error));
        Assert.Equal(WithoutTimes(one.Output), WithoutTimes(many.Output));
        Assert.Equal(Runs(folder["one.json"]), Runs(folder["many.json"]));

        // The merged file is a results file like any other.
        CommandResult again = StudyProgram.Digits.Run([.. Digits, "--results", folder["many.jsonl"], "--json", folder["again.json"]]);
        Assert.Equal("Digits: 8 of 8 runs are done already.", Assert.Single(again.ErrorLines));
        Assert.Equal(many.Output, again.Output);
        Assert.Equal(File.ReadAllText(folder["many.json"]), File.ReadAllText(folder["again.json"]));
    }

    [Fact]
    public void A_run_that_diverged_has_a_result_that_is_kept_and_reported_at_the_end()
    {
        string[] study = ["--seeds", "3", "--epochs", "2", "--threads", "1"];
        CommandResult one = StudyProgram.PoisonedSeed.Run(study);
        foreach (string shard in (string[])["1/2", "2/2", "2/2"])
            Assert.Equal(0, StudyProgram.PoisonedSeed.Run([.. study, "--results", Results, "--shard", shard]).ExitCode);
        CommandResult many = StudyProgram.PoisonedSeed.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]);
        CommandResult again = StudyProgram.PoisonedSeed.Run([.. study, "--results", folder["merged.jsonl"]]);

        Assert.Equal((1, 1, 1), (one.ExitCode, many.ExitCode, again.ExitCode));
        Assert.Equal(WithoutTimes(one.Output), WithoutTimes(many.Output));
        Assert.Equal(many.Output, again.Output);
        string[] diverged = [.. one.ErrorLines.Where(line => line.Contains("diverged:", StringComparison.Ordinal))];
        Assert.Equal(2, diverged.Length);
        Assert.Equal(diverged, many.ErrorLines);
        Assert.Equal(["PoisonedSeed: 6 of 6 runs are done already.", .. diverged], again.ErrorLines);
    }

    [Fact]
    public void A_study_that_is_killed_at_any_moment_loses_at_most_the_runs_under_way()
    {
        string[] study = ["--seeds", "6", "--epochs", "200", "--threads", "2", "--results", folder["results.jsonl"]];
        var moments = new Random(2);
        string[] before = [];
        for (int kills = 0; kills < 3 && before.Length < 12; kills++)
        {
            using var reached = new ManualResetEventSlim();
            using Command program = StudyProgram.Digits.Start(
                line =>
                {
                    if (line.StartsWith("run 1 of ", StringComparison.Ordinal))
                        reached.Set();
                },
                study);
            Assert.True(reached.Wait(TimeSpan.FromMinutes(2)));
            Thread.Sleep(moments.Next(0, 40));
            program.Kill();

            string[] lines = File.ReadAllText(folder["results.jsonl"]).Split('\n')[..^1];
            Assert.Equal(before, lines[..before.Length]);
            Assert.InRange(lines.Length, before.Length + 1, 12);
            before = lines;
        }

        CommandResult end = StudyProgram.Digits.Run(study);
        CommandResult whole = StudyProgram.Digits.Run([.. study[..^1], folder["whole.jsonl"]]);
        Assert.Equal((0, 0), (end.ExitCode, whole.ExitCode));
        Assert.Equal(WithoutTimes(whole.Output), WithoutTimes(end.Output));
        Assert.Equal(
            StoredResults.Lines(folder["whole.jsonl"]).Order(StringComparer.Ordinal), StoredResults.Lines(folder["results.jsonl"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_line_that_was_cut_is_repeated_and_the_rest_is_kept()
    {
        Work(1, 2, 3);
        string[] whole = StoredResults.Sorted(Results);
        string file = Path.Combine(Results, "shard-2-of-3.jsonl");
        byte[] written = File.ReadAllBytes(file);
        File.WriteAllBytes(file, written[..^40]);

        // Others read what is whole, and leave the rest alone.
        CommandResult tables = StudyProgram.Paper.Run("tables", "--results", Results);
        Assert.Equal(0, tables.ExitCode);
        Assert.Equal($"Paper: {file}: line 3 is not whole and is left out.", Assert.Single(tables.ErrorLines));
        Assert.Equal(written.Length - 40, new FileInfo(file).Length);

        CommandResult again = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "2/3"]);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains($"{file}: line 3 was cut short when it was written; it is removed, and its run repeated.", again.Error, StringComparison.Ordinal);
        Assert.Contains("Paper: 2 of 3 runs are done already.", again.Error, StringComparison.Ordinal);
        Assert.Equal(whole, StoredResults.Sorted(Results));
    }

    [Fact]
    public void What_a_worker_has_not_done_anyone_can_do_and_nothing_is_repeated()
    {
        Work(1, 3);
        CommandResult incomplete = StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]);
        Assert.Equal((2, ""), (incomplete.ExitCode, incomplete.Output));
        Assert.Equal(
            $"Paper: {Results}: 1 part has not finished: 2/3; start it again with --shard, or the program without --shard to complete all: only missing runs are run.",
            Assert.Single(incomplete.ErrorLines));
        Assert.False(File.Exists(folder["merged.jsonl"]));

        CommandResult all = StudyProgram.Paper.Run([.. Paper, "--results", Results]);
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("Paper: 6 of 9 runs are done already.", all.Error, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(Results, "results.jsonl")).Length);
        Assert.Equal(0, StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]).ExitCode);

        // Divided in another way, in a new folder that contains the merged file.
        Directory.CreateDirectory(folder["new"]);
        File.Copy(folder["merged.jsonl"], Path.Combine(folder["new"], "merged.jsonl"));
        CommandResult other = StudyProgram.Paper.Run([.. Paper, "--results", folder["new"], "--shard", "1/2"]);
        Assert.Equal((0, "Paper: 5 of 5 runs are done already."), (other.ExitCode, Assert.Single(other.ErrorLines)));
    }

    [Fact]
    public void Nothing_depends_on_clocks()
    {
        Work(1);
        foreach (string file in Directory.GetFiles(Results))
            File.SetLastWriteTimeUtc(file, new DateTime(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Work(2);
        foreach (string file in Directory.GetFiles(Results, "shard-2*"))
            File.SetLastWriteTimeUtc(file, new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Work(3, 1);
        Assert.Equal(0, StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]).ExitCode);
        Assert.Equal(9, File.ReadAllLines(folder["merged.jsonl"]).Length);
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<string> Parts() => Enumerable.Range(1, Shards).Select(shard => $"{Number(shard)}/{Number(Shards)}");

    private static Dictionary<string, string> SlurmTask(int id) => new()
    {
        ["SLURM_ARRAY_TASK_ID"] = Number(id),
        ["SLURM_ARRAY_TASK_MIN"] = "10",
        ["SLURM_ARRAY_TASK_STEP"] = "5",
        ["SLURM_ARRAY_TASK_COUNT"] = Number(Shards),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Runs(string json) =>
        [.. Run.ReadAll(json).Select(run => string.Join(' ', run.Names.Where(name => name != "seconds").Select(name => run[name].ToString())))];

    private static string WithoutTimes(string output) => Seconds().Replace(output, "");

    private void Work(params int[] shards)
    {
        foreach (int shard in shards)
            Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", $"{Number(shard)}/3"]).ExitCode);
    }

    // The last column of the table.
    [GeneratedRegex(@"(?m) +[0-9.]+$")]
    private static partial Regex Seconds();
}

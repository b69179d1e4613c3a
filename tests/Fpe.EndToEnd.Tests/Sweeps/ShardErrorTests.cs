using System.Globalization;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Runtime.Tests.Files;

namespace Fpe.EndToEnd.Tests.Sweeps;

/// <summary>What is wrong with a sweep is one line, and nothing is lost.</summary>
public sealed class ShardErrorTests : IDisposable
{
    private static readonly string[] Paper = ["boolean", "--quick", "--epochs", "20", "--seeds", "2", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    private string Results => folder["results"];

    [Theory]
    [InlineData("--shard 0/3", "--shard 0/3: i/n is expected, with i from 1 to n and n at most 100,000; for example 2/6.")]
    [InlineData("--shard 4/3", "--shard 4/3: i/n is expected")]
    [InlineData("--shard 3", "--shard 3: i/n is expected")]
    [InlineData("--shard 1/0", "--shard 1/0: i/n is expected")]
    [InlineData("--shard -1/3", "--shard -1/3: i/n is expected")]
    [InlineData("--shard 1/999999999", "--shard 1/999999999: i/n is expected")]
    [InlineData("--shard 1/3 --report {0}/report.html", "--report: a worker has only a part of the runs; remove it, and write the report with the command merge.")]
    [InlineData("--print-slurm 0", "--print-slurm 0: an integer is expected, from 1 to 100000, or auto.")]
    [InlineData("--print-slurm 2 --print-container", "only one of --print-slurm, --print-kubernetes and --print-container can be printed")]
    [InlineData("--print-slurm 2 --shard 1/2", "--shard is for a worker, and what is printed specifies it for each of them; remove it.")]
    public void A_wrong_option_is_one_line(string options, string expected)
    {
        CommandResult result = StudyProgram.Paper.Run([.. Paper, "--results", Results, .. Words(options)]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Content);
    }

    [Theory]
    [InlineData("--shard 1/2", "--shard 1/2 needs a folder that all workers share; specify it with --results.")]
    [InlineData("--shard 1/2 --results {0}/results --json {0}/runs.json", "--shard 1/2 is for workers, which have only a part of the runs; remove --json and --csv")]
    [InlineData("--print-slurm 2", "what is printed needs a folder that all workers share; specify it with --results.")]
    [InlineData("merge", "--results")]
    [InlineData("merge --results {0}/results", "results: cannot be read")]
    public void A_wrong_option_of_a_study_is_one_line(string options, string expected)
    {
        CommandResult result = StudyProgram.Digits.Run(Words(options));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Content);
    }

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=4", "SLURM_ARRAY_TASK_MIN is not set; set it, or specify the part with --shard.")]
    [InlineData("SLURM_ARRAY_TASK_ID=x", "SLURM_ARRAY_TASK_ID=x is not a whole number; correct it, or specify the part with --shard.")]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=3", "SLURM_ARRAY_TASK_ID=7 is not one of 3 tasks from SLURM_ARRAY_TASK_MIN=1 in steps of SLURM_ARRAY_TASK_STEP=2; submit a range of at most 100,000 tasks, such as --array=1-6, or specify the part with --shard.")]
    [InlineData("JOB_COMPLETION_INDEX=2", "JOB_COMPLETION_INDEX=2 is set, but not the number of parts; set FPE_SHARD_COUNT to spec.completions in the manifest, or specify the part with --shard (1/1 for all runs).")]
    [InlineData("JOB_COMPLETION_INDEX=3 FPE_SHARD_COUNT=3", "JOB_COMPLETION_INDEX=3 is not from 0 to FPE_SHARD_COUNT=3 less 1; set FPE_SHARD_COUNT to spec.completions, from 1 to 100,000.")]
    public void An_environment_that_does_not_say_which_part_is_one_line(string variables, string expected)
    {
        CommandResult result = StudyProgram.Paper.RunIn(
            variables.Split(' ').Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]), [.. Paper, "--results", Results]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Paper: {expected}", Assert.Single(result.ErrorLines));
        Assert.Empty(folder.Content);
    }

    [Theory]
    [InlineData("boolean --quick --epochs 20 --seeds 2 --shard 1/3", "its runs are divided into 2 parts, and not 3; use 2 parts, or merge it into a file, and start with 3 parts in a new folder that contains this file.")]
    [InlineData("boolean --quick --epochs 30 --seeds 2 --shard 2/2", "it belongs to another sweep (6 runs, checksum ")]
    [InlineData("boolean --quick --epochs 20 --seeds 3 --shard 1/2", "and not to this one (9 runs, checksum ")]
    [InlineData("boolean --quick --epochs 20 --seeds 2 --print-slurm 3", "its runs are divided into 2 parts, and not 3")]
    public void Another_division_or_sweep_is_refused(string command, string expected)
    {
        Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "1/2"]).ExitCode);
        string[] before = Content();
        CommandResult result = StudyProgram.Paper.Run([.. Words(command), "--results", Results]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Paper: {Results}: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Fact]
    public void Another_program_and_other_data_are_refused()
    {
        Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "1/2"]).ExitCode);
        CommandResult digits = StudyProgram.Digits.Run("--results", Results, "--shard", "2/2");
        Assert.Equal((2, ""), (digits.ExitCode, digits.Output));
        Assert.Equal($"Digits: {Results}: it has results of Paper, and not of Digits; name another folder with --results.", Assert.Single(digits.ErrorLines));

        File.WriteAllText(folder["file"], "");
        CommandResult file = StudyProgram.Paper.Run([.. Paper, "--results", folder["file"], "--shard", "1/2"]);
        Assert.Equal((2, ""), (file.ExitCode, file.Output));
        Assert.Contains("it is a file, but the workers of a sweep append to a file each; name a folder with --results.", Assert.Single(file.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge --results {0}/results --into {0}/results/results.jsonl", "--into")]
    [InlineData("merge --results {0}/results --into {0}/merged.jsonl --json {0}/results/results.json", "--json")]
    [InlineData("merge --results {0}/results --into {0}/merged.jsonl --csv {0}/results/results.jsonl.lock", "--csv")]
    [InlineData("--seeds 1 --epochs 1 --results {0}/results --json {0}/results/results.json", "--json")]
    public void An_output_does_not_replace_a_file_of_the_results(string options, string refused)
    {
        Assert.Equal(0, StudyProgram.Digits.Run("--seeds", "1", "--epochs", "1", "--results", Results + "/").ExitCode);
        string[] before = Content();
        CommandResult result = StudyProgram.Digits.Run(Words(options));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Digits: {refused} ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("is the same file as a file of --results", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Fact]
    public void A_finished_part_that_lost_a_run_is_not_merged()
    {
        foreach (string shard in (string[])["1/2", "2/2"])
            Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", shard]).ExitCode);
        string file = Path.Combine(Results, "shard-2-of-2.jsonl");
        File.WriteAllLines(file, File.ReadAllLines(file)[..^1]);
        CommandResult result = StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Paper: {Results}: part 2/2 has 3 runs, and its file shard-2-of-2.jsonl had 3 results when it finished, but has 2 now; start it again: only missing runs are run.", Assert.Single(result.ErrorLines));
        Assert.False(File.Exists(folder["merged.jsonl"]));
    }

    [Fact]
    public void A_damaged_record_is_one_line()
    {
        Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "1/2"]).ExitCode);
        string record = Path.Combine(Results, "shard-1-of-2.json");
        File.WriteAllText(record, "{");
        CommandResult result = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "2/2"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Paper: {record}: it is no record of a worker, or damaged: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_part_twice_at_the_same_time_is_refused()
    {
        using var started = new ManualResetEventSlim();
        string[] worker = ["boolean", "--quick", "--seeds", "200", "--threads", "1", "--results", Results, "--shard", "1/2"];
        using Command first = StudyProgram.Paper.Start(
            line =>
            {
                if (line.StartsWith("run 1 of", StringComparison.Ordinal))
                    started.Set();
            },
            worker);
        Assert.True(started.Wait(TimeSpan.FromMinutes(2)));
        CommandResult second = StudyProgram.Paper.Run(worker);
        first.Kill();

        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.Contains("shard-1-of-2.jsonl: cannot be read and written: another process is writing to it", Assert.Single(second.ErrorLines), StringComparison.Ordinal);
    }

    [DiskFact]
    public void A_full_disk_is_one_line_and_keeps_what_was_finished()
    {
        using var disk = new SmallDisk(bytes: 1 << 15);
        string results = Path.Combine(disk.Folder, "results");
        string[] worker = ["boolean", "--quick", "--epochs", "20", "--seeds", "12", "--threads", "1", "--results", results, "--shard", "1/2"];
        CommandResult full = StudyProgram.Paper.Run(worker);
        string[] finished = StoredResults.Sorted(results);

        Assert.Equal((2, ""), (full.ExitCode, full.Output));
        Assert.Contains("shard-1-of-2.jsonl: cannot be read and written: ", full.ErrorLines[^1], StringComparison.Ordinal);
        Assert.InRange(finished.Length, 1, 17);

        // With room, it continues where it was.
        Command.Run("mount", ["-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={1 << 22}"), disk.Folder]);
        CommandResult end = StudyProgram.Paper.Run(worker);
        Assert.Equal(0, end.ExitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{finished.Length} of 18 runs are done already."), end.Error, StringComparison.Ordinal);
        string[] all = StoredResults.Sorted(results);
        Assert.Equal(18, all.Length);
        Assert.Empty(finished.Except(all));
    }

    public void Dispose() => folder.Dispose();

    private string[] Words(string options) => string.Format(CultureInfo.InvariantCulture, options, folder.Path).Split(' ');

    private string[] Content() => [.. Directory.GetFiles(Results).Order(StringComparer.Ordinal).SelectMany(file => new[] { file, File.ReadAllText(file) })];
}

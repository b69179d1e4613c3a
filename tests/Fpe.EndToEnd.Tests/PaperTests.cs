using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

/// <summary>The program of the sample Paper: what was run is kept, whatever happens to it.</summary>
public sealed class PaperTests : IDisposable
{
    private const int Runs = 24;
    private static readonly string[] Boolean = ["boolean", "--quick", "--epochs", "300", "--threads", "2"];

    private readonly TemporaryFolder folder = new();

    private string Results => folder["results.jsonl"];

    [Fact]
    public void Killed_at_any_moment_it_goes_on_without_losing_or_repeating_a_run()
    {
        string[] uninterrupted = Sorted(folder["whole.jsonl"], () => Assert.Equal(0, Run(folder["whole.jsonl"]).ExitCode));
        Assert.Equal(Runs, uninterrupted.Length);

        // Each time it lives long enough to finish a run or two; when it is killed within them is up to chance.
        var moments = new Random(1);
        string[] before = [];
        for (int kills = 0; kills < 6 && before.Length < Runs; kills++)
        {
            int last = Math.Min(moments.Next(1, 4), Runs - before.Length);
            using var reached = new ManualResetEventSlim();
            using Command program = StudyProgram.Paper.Start(
                line =>
                {
                    if (line.StartsWith($"run {last} of ", StringComparison.Ordinal))
                        reached.Set();
                },
                [.. Boolean, "--seeds", "8", "--results", Results]);
            Assert.True(reached.Wait(TimeSpan.FromMinutes(2)));
            Thread.Sleep(moments.Next(0, 60));
            program.Kill();

            string[] lines = File.ReadAllText(Results).Split('\n')[..^1];
            Assert.Equal(before, lines[..before.Length]);
            Assert.InRange(lines.Length, before.Length + last, Runs);
            before = lines;
        }

        CommandResult end = Run(Results);
        Assert.Equal(0, end.ExitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Paper: {before.Length} of {Runs} runs are done already."), end.Error, StringComparison.Ordinal);
        Assert.Equal(uninterrupted, Sorted(Results));
        Assert.Contains($"{Runs} of {Runs} runs are in", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_the_tables_say_the_same()
    {
        CommandResult first = Run(Results, seeds: 1);
        byte[] written = File.ReadAllBytes(Results);
        CommandResult second = Run(Results, seeds: 1);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(written, File.ReadAllBytes(Results));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal("Paper: 3 of 3 runs are done already.", Assert.Single(second.ErrorLines));
    }

    [Fact]
    public void A_torn_line_is_cut_off_and_its_run_repeated()
    {
        Run(Results, seeds: 1);
        string[] whole = Sorted(Results);
        byte[] written = File.ReadAllBytes(Results);
        File.WriteAllBytes(Results, written[..^40]);
        CommandResult result = Run(Results, seeds: 1);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{Results}: line 3 was cut short when it was written; it is removed, and its run repeated.", result.Error, StringComparison.Ordinal);
        Assert.Equal(whole, Sorted(Results));
    }

    [Fact]
    public void A_damaged_line_is_one_line_of_error()
    {
        File.WriteAllText(Results, "damage\n");
        CommandResult result = Run(Results);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"{Results}: line 1 is damaged", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("damage\n", File.ReadAllText(Results));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_keeps_what_was_finished_and_a_second_program_is_refused_meanwhile(string signal, int exitCode)
    {
        using var oneRunEnded = new ManualResetEventSlim();
        using Command program = StudyProgram.Paper.StartInterruptible(
            line =>
            {
                if (line.StartsWith("run 1 of", StringComparison.Ordinal))
                    oneRunEnded.Set();
            },
            "boolean", "--seeds", "500", "--threads", "2", "--epochs", "300", "--results", Results);
        Assert.True(oneRunEnded.Wait(TimeSpan.FromMinutes(2)));

        CommandResult other = Run(Results);
        Assert.Equal((2, ""), (other.ExitCode, other.Output));
        Assert.Contains("another process is writing to it", Assert.Single(other.ErrorLines), StringComparison.Ordinal);

        Command.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {program.Id}")]);
        CommandResult result = program.Wait();
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains("INCOMPLETE", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Claims:", result.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Sorted(Results));
    }

    [Fact]
    public void The_results_can_be_shown_as_tables_and_as_a_report()
    {
        Run(Results);
        CommandResult result = StudyProgram.Paper.Run("tables", "--results", Results, "--report", folder["report.html"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("### boolean: test accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains("| clause |", result.Output, StringComparison.Ordinal);
        Assert.Contains("| The clause split beats the dense parent. | paper | boolean |", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tables --results {0}/results.jsonl --report {0}/./results.jsonl", "--report {0}/./results.jsonl is the same file as --results {0}/results.jsonl; specify another.")]
    [InlineData("tables --results {0}/results.jsonl --report {0}/link", "--report {0}/link is the same file as --results {0}/results.jsonl; specify another.")]
    [InlineData("tables --results {0}/results.jsonl --report {0}/hard", "--report {0}/hard is the same file as --results {0}/results.jsonl; specify another.")]
    [InlineData("boolean --results {0}/link --report {0}/results.jsonl", "--report {0}/results.jsonl is the same file as --results {0}/link; specify another.")]
    [InlineData("boolean --results {0}/link --report {0}/results.jsonl.lock", "--report {0}/results.jsonl.lock is the same file as the lock of --results {0}/results.jsonl.lock; specify another.")]
    [InlineData("boolean --report {0}/new --results {0}/new/results.jsonl", "--results {0}/new/results.jsonl cannot be in --report {0}/new, which will be a file; specify another.")]
    [InlineData("embeddings --data {0}/x.npy --labels {0}/link --results {0}/results.jsonl", "--results {0}/results.jsonl is the same file as the data {0}/link; specify another.")]
    public void One_file_is_not_used_for_two_purposes(string options, string expected)
    {
        File.WriteAllText(Results, "kept");
        File.CreateSymbolicLink(folder["link"], "results.jsonl");
        Command.Run("ln", [Results, folder["hard"]]);
        CommandResult result = StudyProgram.Paper.Run(string.Format(CultureInfo.InvariantCulture, options, folder.Path).Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Paper: {string.Format(CultureInfo.InvariantCulture, expected, folder.Path)}", Assert.Single(result.ErrorLines));
        Assert.Equal("kept", File.ReadAllText(Results));
    }

    [Theory]
    [InlineData("fashion --data {0}", "dataset-fashion-mnist")]
    [InlineData("boolean --widths 4,x", "--widths 4,x: integers of at least 1 are expected, separated by commas.")]
    [InlineData("boolean --factors 1", "--factors 1: integers of at least 2 are expected")]
    [InlineData("boolean --strategies best", "--strategies best: there is no such strategy; use random, clause")]
    [InlineData("boolean --quick --full", "--quick and --full exclude each other.")]
    [InlineData("boolean --seeds 0", "--seeds 0: an integer is expected, at least 1.")]
    [InlineData("fashion --clauses 4", "--clauses")]
    [InlineData("boolean --report {0}", "cannot be written")]
    [InlineData("tables --results {0}/none.jsonl", "none.jsonl: cannot be read")]
    [InlineData("poetry", "poetry")]
    public void What_is_wrong_is_one_line(string options, string expected)
    {
        string[] words = string.Format(CultureInfo.InvariantCulture, options, folder.Path).Split(' ');
        CommandResult result = StudyProgram.Paper.Run(words.Contains("--results") ? words : [.. words, "--results", Results]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static CommandResult Run(string results, int seeds = 8) =>
        StudyProgram.Paper.Run([.. Boolean, "--seeds", seeds.ToString(CultureInfo.InvariantCulture), "--results", results]);

    private static string[] Sorted(string results, Action run)
    {
        run();
        return Sorted(results);
    }

    // Time is the one thing that differs between repetitions.
    private static string[] Sorted(string results) =>
    [
        .. File.ReadLines(results).Select(line =>
        {
            JsonNode json = JsonNode.Parse(line)!;
            json["result"]!["seconds"] = 0;
            return json.ToJsonString(JsonSerializerOptions.Web);
        }).Order(StringComparer.Ordinal),
    ];
}

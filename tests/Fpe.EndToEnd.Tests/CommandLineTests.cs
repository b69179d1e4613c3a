using System.Text.Json;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Runtime.Tests.Files;

namespace Fpe.EndToEnd.Tests;

/// <summary>No command line and no broken stream ends a program in a crash: it is one line and exit code 2, or the work is done.</summary>
public class CommandLineTests
{
    private const int CannotWrite = 2;

    [Theory]
    [InlineData("boolean --seeds 1 --seeds 2", "--seeds is given 2 times; specify it only once.")]
    [InlineData("boolean --quick --quick", "--quick is given 2 times; specify it only once.")]
    [InlineData("tables --results a --results b", "--results is given 2 times; specify it only once.")]
    [InlineData("boolean --report ", "--report has an empty value; specify a value, or remove --report.")]
    [InlineData("boolean --quick --full", "--quick and --full exclude each other.")]
    [InlineData("boolean --quick --seeds 2147483647", "boolean: 6,442,450,941 runs or more are asked for, but at most 1,000,000 can be planned at once;")]
    [InlineData("boolean --quick --seeds 2147483648", "--seeds 2147483648: an integer is expected, at least 1.")]
    [InlineData("boolean --quick --widths 300000000", "boolean, width 300,000,000: the dense parent would have ")]
    [InlineData("fashion --quick --widths 2147483647", "fashion, width 2,147,483,647: the dense parent would have ")]
    [InlineData("boolean --quick --clauses 2147483647", "2,147,483,647 clauses of 3 literals make samples of 6,442,450,941 values, but at most ")]
    public void What_cannot_be_done_is_one_line(string options, string expected)
    {
        using var folder = new TemporaryFolder();
        string[] results = options.StartsWith("tables", StringComparison.Ordinal) ? [] : ["--results", folder["results.jsonl"]];
        CommandResult result = StudyProgram.Paper.Run([.. options.Split(' '), .. results]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Paper: {expected}", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("> /dev/full", "Digits: the output cannot be written: ")]
    [InlineData(">&-", "Digits: the output cannot be written: ")]
    [InlineData(">&- 2>&-", null)]
    [InlineData("> /dev/full 2> /dev/full", null)]
    public void Reports_are_written_even_if_the_screen_cannot_be(string streams, string? error)
    {
        using var folder = new TemporaryFolder();
        CommandResult result = Shell($"\"$0\" Digits.dll --seeds 1 --epochs 1 --json {folder["runs.json"]} {streams}");

        Assert.Equal(CannotWrite, result.ExitCode);
        using JsonDocument runs = JsonDocument.Parse(File.ReadAllText(folder["runs.json"]));
        Assert.Equal(2, runs.RootElement.GetArrayLength());
        if (error is null)
            Assert.Equal("", result.Error);
        else
            Assert.StartsWith(error, result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_reader_that_has_seen_enough_is_no_crash()
    {
        CommandResult result = Shell("\"$0\" Paper.dll boolean --help | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.Contains(result.ExitCode, (int[])[0, CannotWrite]);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    private static CommandResult Shell(string command) => Command.Run("bash", ["-c", $"cd '{AppContext.BaseDirectory}'; {command}", DotNet.Host]);
}

using Fpe.EndToEnd.Tests.Support;
using Fpe.Runtime.Tests.Files;

namespace Fpe.EndToEnd.Tests;

/// <summary>What a program writes to a terminal, and what it writes if the output is not one. Colours are for those who want them.</summary>
public class TerminalTests
{
    private const char Escape = '\u001b';
    private const string Digits = "\"$0\" Digits.dll --seeds 2 --epochs 3";

    [LinuxFact]
    public void A_terminal_of_60_columns_shows_a_bar_and_a_readable_table()
    {
        string shown = InTerminal(Digits);

        Assert.Contains(Escape, shown);
        string plain = WithoutEscapes(shown);
        Assert.Matches(@"[0-4]/4 runs  loss \d\.\d{3}  accuracy \d+ %", plain);
        string[] lines = [.. plain.Split('\n').Select(line => line.TrimEnd('\r'))];
        int head = Array.FindIndex(lines, line => line.StartsWith("network ", StringComparison.Ordinal));
        Assert.Matches(@"^network +seeds +weights +accuracy +median +seed$", lines[head]);
        Assert.Matches(@"^dense +2 +296 +\d+\.\d ± \d+\.\d % +\d+\.\d % +\d+\.\d %$", lines[head + 2]);
        Assert.Matches(@"^expanded +2 +296 +\d+\.\d ± \d+\.\d % +\d+\.\d % +\d+\.\d %$", lines[head + 3]);
    }

    [LinuxTheory]
    [InlineData("NO_COLOR=1")]
    [InlineData("NO_COLOR=0")]
    [InlineData("TERM=dumb")]
    public void No_escape_code_is_written_to_a_terminal_that_asks_for_none(string variable)
    {
        string shown = InTerminal($"{variable} {Digits}");

        Assert.DoesNotContain(Escape, shown);
        Assert.Contains("run 4 of 4: seed ", shown, StringComparison.Ordinal);
        Assert.Contains("296", shown, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Output_that_is_redirected_has_no_escape_codes_and_is_not_cut_to_the_terminal()
    {
        using var folder = new TemporaryFolder();
        InTerminal($"{Digits} > '{folder["output"]}' 2> '{folder["errors"]}'");

        string output = File.ReadAllText(folder["output"]);
        Assert.DoesNotContain(Escape, output + File.ReadAllText(folder["errors"]));
        Assert.Contains("capacity", output, StringComparison.Ordinal);
        Assert.Contains("seconds", output, StringComparison.Ordinal);
    }

    // A pseudo terminal of 60 columns, in which the error stream is too.
    private static string InTerminal(string command) =>
        Command.Run("script", ["-qec", $"stty cols 60; cd '{AppContext.BaseDirectory}'; {command.Replace("\"$0\"", $"'{DotNet.Host}'", StringComparison.Ordinal)}", "/dev/null"], new Dictionary<string, string>
        {
            ["TERM"] = "xterm-256color",
            ["NO_COLOR"] = "",
        }).Output;

    private static string WithoutEscapes(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\u001b\[[0-9;?]*[A-Za-z]", "");
}

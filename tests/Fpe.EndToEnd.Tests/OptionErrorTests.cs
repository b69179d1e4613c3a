using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class OptionErrorTests
{
    [Theory]
    [InlineData("--hidden 5", "--hidden 5: there is no such model; use 4, 8, 16 or 32.")]
    [InlineData("--factor 3", "--factor 3: there is no such model; use 2 or 4.")]
    [InlineData("--strategy best", "use clause, random or feature.")]
    [InlineData("--hidden 8 --strategy clause", "it has: 4 × 4 random;")]
    [InlineData("--epochs 5 --expand-after 5", "ExpandAfter: 5 leaves no epoch of 5")]
    [InlineData("--strategy feature", "requires a warm-up")]
    [InlineData("--seeds 0", "--seeds 0: an integer is expected, at least 1.")]
    [InlineData("--epochs many", "--epochs many: an integer is expected, at least 1.")]
    [InlineData("--threads -1", "--threads -1: an integer is expected, from 1 to 1024.")]
    [InlineData("--threads 1025", "--threads 1025: an integer is expected, from 1 to 1024.")]
    [InlineData("--device torch-cpu", "--device torch-cpu: this program has no such device; use cpu.")]
    [InlineData("--csv missing/runs.csv", "missing/runs.csv cannot be written")]
    [InlineData("--sedes 3", "--sedes")]
    [InlineData("--seeds 1 --seeds 2", "--seeds is given 2 times; specify it only once.")]
    [InlineData("--checkpoint ", "--checkpoint has an empty value; specify a value, or remove --checkpoint.")]
    [InlineData("--csv ", "--csv has an empty value; specify a value, or remove --csv.")]
    [InlineData("--seeds 99999999999999999999", "--seeds 99999999999999999999: an integer is expected, at least 1.")]
    [InlineData("--resume", "--resume: there is nothing to resume")]
    public void A_wrong_option_is_one_line_and_nothing_else(string options, string expected)
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run(["--json", folder["runs.json"], .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Content);
    }

    [Fact]
    public void Two_reports_cannot_be_one_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["runs"], "old");
        File.CreateSymbolicLink(folder["link"], "runs");
        CommandResult result = StudyProgram.Digits.Run("--json", folder["runs"], "--csv", folder["link"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Digits: --csv {folder["link"]} is the same file as --json {folder["runs"]}; specify another.", Assert.Single(result.ErrorLines));
        Assert.Equal("old", File.ReadAllText(folder["runs"]));
    }

    [Fact]
    public void A_report_cannot_replace_the_data()
    {
        string data = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz");
        CommandResult result = StudyProgram.Digits.Run("--json", data);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"Digits: --json {data} is the same file as the data {data}; specify another.", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_folder_is_no_report_file()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run("--json", folder.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{folder.Path} cannot be written", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option()
    {
        CommandResult result = StudyProgram.Digits.Run("--help");

        Assert.Equal(0, result.ExitCode);
        string[] options = ["--seeds", "--epochs", "--expand-after", "--strategy", "--factor", "--hidden", "--device", "--threads", "--json", "--csv", "--checkpoint", "--resume", "--quiet"];
        Assert.All(options, option => Assert.Contains(option, result.Output, StringComparison.Ordinal));
    }
}

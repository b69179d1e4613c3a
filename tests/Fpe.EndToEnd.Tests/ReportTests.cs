using System.Globalization;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class ReportTests
{
    private static readonly string[] Columns =
    [
        "model", "strategy", "factor", "share", "outgoing", "seed", "epochs", "expandAfter", "denseWeights", "weights", "biases",
        "testAccuracy", "trainAccuracy", "featureCapacity", "meanCosine", "meanAbsCosine", "seconds",
    ];

    private static readonly string[] ThreadCounts = ["1", "2", "7"];

    [Fact]
    public void Json_has_every_run_in_order_with_every_column()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run("--seeds", "3", "--epochs", "3", "--expand-after", "1", "--quiet", "--json", folder["runs.json"]);

        Assert.Equal(new CommandResult(0, "", ""), result);
        Assert.Equal(["runs.json"], folder.Content);
        Run[] runs = Run.ReadAll(folder["runs.json"]);
        Assert.All(runs, run => Assert.Equal(Columns, run.Names));
        Assert.Equal([0, 0, 1, 1, 2, 2], runs.Select(run => run["seed"].GetInt64()));
        Assert.Equal(["dense", "random", "dense", "random", "dense", "random"], runs.Select(run => run["strategy"].GetString()));
        Assert.Equal([1, 4, 1, 4, 1, 4], runs.Select(run => run["factor"].GetInt32()));
        Assert.All(runs, run => Assert.Equal("DigitsNet", run["model"].GetString()));
        Assert.All(runs, run => Assert.Equal(3, run["epochs"].GetInt32()));
        Assert.All(runs, run => Assert.Equal(run.IsDense ? "" : "1", run["expandAfter"].ToString()));
        Assert.All(runs, run => Assert.InRange(run["testAccuracy"].GetDouble(), 0, 1));
        Assert.All(runs, run => Assert.InRange(run["trainAccuracy"].GetDouble(), 0, 1));
    }

    [Fact]
    public void Csv_says_the_same_as_json()
    {
        using var folder = new TemporaryFolder();
        StudyProgram.Digits.Run("--seeds", "2", "--epochs", "2", "--quiet", "--json", folder["runs.json"], "--csv", folder["runs.csv"]);

        string[][] lines = [.. File.ReadAllLines(folder["runs.csv"]).Select(line => line.Split(','))];
        Assert.Equal(Columns, lines[0]);
        Run[] runs = Run.ReadAll(folder["runs.json"]);
        Assert.Equal(runs.Select(run => Columns.Select(column => run[column].ToString())), lines[1..]);
        Assert.Equal(runs[1]["seconds"].GetDouble(), double.Parse(lines[2][^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_report_replaces_the_one_before_and_follows_links()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["runs.json"], "old");
        File.CreateSymbolicLink(folder["link.json"], folder["runs.json"]);
        StudyProgram.Digits.Run("--seeds", "1", "--epochs", "1", "--quiet", "--json", folder["link.json"]);

        Assert.Equal(2, Run.ReadAll(folder["runs.json"]).Length);
        Assert.NotNull(File.ResolveLinkTarget(folder["link.json"], returnFinalTarget: false));
    }

    [Fact]
    public void A_report_goes_behind_the_table_in_an_output_that_is_a_file()
    {
        using var folder = new TemporaryFolder();
        Command.Run("sh", ["-c", $"'{DotNet.Host}' '{Path.Combine(AppContext.BaseDirectory, "Digits.dll")}' --seeds 1 --epochs 1 --csv /dev/stdout > '{folder["all"]}'"]);

        string text = File.ReadAllText(folder["all"]);
        Assert.InRange(text.IndexOf("a single seed does not show", StringComparison.Ordinal), 0, text.IndexOf("model,strategy", StringComparison.Ordinal));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] texts = [.. ThreadCounts.Select(threads =>
        {
            StudyProgram.Digits.Run("--seeds", "4", "--epochs", "5", "--threads", threads, "--quiet", "--json", folder[threads]);
            return string.Join('\n', File.ReadLines(folder[threads]).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal)));
        })];

        Assert.NotEmpty(texts[0]);
        Assert.All(texts, text => Assert.Equal(texts[0], text));
    }
}

using Fpe.Cli.Display;
using Fpe.Compute;
using Fpe.Training;
using Spectre.Console;

namespace Fpe.Cli.Tests;

public class TableTests
{
    [Fact]
    public void Words_go_to_the_left_and_numbers_to_the_right()
    {
        var table = new TextTable(["name", "mean seconds"], [["a", "1"], ["longer", "23"]], wordColumns: 1);

        Assert.Equal(
            """
                       mean
            name    seconds
            ───────────────
            a             1
            longer       23

            """,
            Text(table));
    }

    [Theory]
    [InlineData(200, "multiply-", true)]
    [InlineData(80, "multiply-", false)]
    public void A_narrow_terminal_gets_fewer_columns_of_the_summary(int width, string heading, bool isShown)
    {
        using TinyNet model = TinyNet.Create(0, Device.Default);
        TextTable table = SummaryTable.Create(model.Summarize(), width);

        Assert.True(table.Width <= width);
        Assert.Equal(isShown, Text(table).Contains(heading, StringComparison.Ordinal));
        Assert.Contains("kept", Text(table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, "network,seeds,weights,test accuracy,median,worst seed,feature capacity,mean |cosine|,mean seconds")]
    [InlineData(80, "network,seeds,weights,test accuracy,median,worst seed,feature capacity,mean |cosine|")]
    [InlineData(60, "network,seeds,weights,test accuracy,median,worst seed")]
    [InlineData(40, "network,seeds,test accuracy,worst seed")]
    public void Results_are_a_table_on_any_terminal_and_never_lose_the_accuracy(int width, string shown)
    {
        TextTable table = ResultsTable.Create(Outcomes.Of([78.1, 81.9, 65], [90.5, 90, 91]), width);
        string[] lines = Text(table, width).TrimEnd().Split('\n');

        string[] headings = [.. lines[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.Equal(shown.Split(',').Select(name => name.Split(' ')[^1]), headings);
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Contains("75.0 ± 8.9 %", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_fits_nowhere_becomes_a_record_for_each_row()
    {
        var table = new TextTable(["claim", "verdict", "effect", "would decide"], [["The random split beats the dense parent.", "reproduced", "+1.20 [+0.80, +1.60] points", ""]], wordColumns: 2);

        Assert.Equal(
            """
            The random split beats the dense parent.
              verdict       reproduced
              effect        +1.20 [+0.80, +1.60] points

            """,
            Text(table, 60));
    }

    [Fact]
    public void The_bar_has_runs_loss_accuracy_and_time()
    {
        var report = new EpochReport(2, 0.12349, 0.914, Validation: null, LearningRate: 1e-3, IsExpanded: false);
        Assert.Equal("0/20 runs", TrainingBar.Describe(0, 20, last: null, left: ""));
        Assert.Equal("3/20 runs  loss 0.123  accuracy 91 %  ~3 min left", TrainingBar.Describe(3, 20, report, "~3 min left"));
        Assert.Equal("3/20 runs  loss 0.123", TrainingBar.Describe(3, 20, report with { TrainAccuracy = null }, ""));
    }

    [Fact]
    public void The_bar_shows_them_in_a_narrow_terminal_and_ends_at_all_of_the_work()
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 60;
        var progress = new BarProgress(console, runs: 2, epochs: 4);
        using TinyNet model = TinyNet.Create(0, Device.Default);
        progress.Around(() =>
        {
            progress.TrainingResumed(model, [new EpochReport(1, 2, 0.1, null, 1e-3, false)]);
            for (int epoch = 2; epoch <= 4; epoch++)
                progress.EpochEnded(model, new EpochReport(epoch, 0.5, 0.75, null, 1e-3, false));
            progress.RunEnded(Outcomes.Of([80], []).Finished[0]);
            progress.RunEnded(Outcomes.Of([null], []).Diverged[0]);
        });

        string shown = writer.ToString();
        Assert.Contains("2/2 runs  loss 0.500  accuracy 75 %", shown, StringComparison.Ordinal);
        Assert.Contains("100%", shown, StringComparison.Ordinal);
    }

    private static string Text(TextTable table, int width = 1000)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        table.Write(console);
        return writer.ToString();
    }
}

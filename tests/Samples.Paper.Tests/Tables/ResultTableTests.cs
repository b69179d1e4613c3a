using Samples.Paper.Comparisons;
using Samples.Paper.Results;
using Samples.Paper.Tables;
using Spectre.Console;

namespace Samples.Paper.Tests.Tables;

public class ResultTableTests
{
    [Fact]
    public void A_line_has_means_deviations_and_the_paired_gain()
    {
        ResultTable table = Fashion();

        Assert.Equal(["dense", "random"], table.Rows.Select(row => row[0]));
        Assert.Equal("80.00 ± 1.00", Cell(table, 0, "test accuracy"));
        Assert.Equal("", Cell(table, 0, "gain"));
        Assert.Equal("+3.00 [+0.52, +5.48]", Cell(table, 1, "gain"));
        Assert.Equal("3/3", Cell(table, 1, "better"));
        Assert.Equal("25 of 50", Cell(table, 1, "split after"));
        Assert.Equal(("200", "17"), (Cell(table, 1, "weights"), Cell(table, 1, "biases")));
        Assert.Equal("1", Cell(table, 1, "diverged"));
    }

    [Fact]
    public void Columns_without_content_are_left_out()
    {
        Assert.DoesNotContain("clauses", Fashion().Columns);
        Assert.DoesNotContain("hidden layers", Fashion().Columns);
    }

    [Fact]
    public void Markdown_aligns_numbers_to_the_right()
    {
        using var writer = new StringWriter();
        new ResultTable("title", ["name", "n"], [["|cosine|", "1"]], WordColumns: 1).WriteMarkdown(writer);

        Assert.Equal("### title\n\n| name | n |\n| --- | --: |\n| \\|cosine\\| | 1 |\n\n", writer.ToString());
    }

    [Theory]
    [InlineData(1000, "capacity |cosine|")]
    [InlineData(100, "capacity")]
    [InlineData(80, "")]
    public void A_narrow_terminal_gets_fewer_columns(int width, string measures)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        (Fashion() with { Title = "title" }).Write(console);

        string[] shown = [.. ((string[])["capacity", "|cosine|"]).Where(column => writer.ToString().Contains(column, StringComparison.Ordinal))];
        Assert.Equal(measures, string.Join(' ', shown));
        Assert.All(writer.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    private static ResultTable Fashion()
    {
        Variant random = MadeUp.Expanded(Method.Random);
        double[] dense = [79, 80, 81];
        double[] expanded = [81, 83, 85];
        return ExperimentTable.Create(
            new RunTable(
            [
                .. expanded.Select((percent, seed) => MadeUp.Of(MadeUp.Fashion, random, seed, percent)), MadeUp.Diverged(MadeUp.Fashion, random, 3),
                .. dense.Select((percent, seed) => MadeUp.Of(MadeUp.Fashion, Variant.Dense, seed, percent)),
            ]),
            "fashion");
    }

    private static string Cell(ResultTable table, int row, string column) => table.Rows[row][table.Columns.ToList().IndexOf(column)];
}

using Fpe.Cli.Display;
using Fpe.Compute;
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

    private static string Text(TextTable table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 1000;
        table.Write(console);
        return writer.ToString();
    }
}

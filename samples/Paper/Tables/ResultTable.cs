using Fpe.Cli.Display;
using Spectre.Console;

namespace Samples.Paper.Tables;

/// <summary>A table of results, for the screen or as Markdown.</summary>
/// <param name="Title">Title of the table.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, row by row.</param>
/// <param name="WordColumns">Number of leading columns that contain words.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int WordColumns)
{
    /// <summary>The least informative columns, which are left out in this order if the terminal is narrow.</summary>
    public IReadOnlyList<string> LeftOutFirst { get; init; } = [];

    /// <summary>Writes aligned text.</summary>
    public void Write(IAnsiConsole console)
    {
        console.WriteLine(Title);
        console.WriteLine();
        Fit(console.Profile.Width).Write(console);
        console.WriteLine();
    }

    /// <summary>Writes Markdown.</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        writer.Write($"### {Title}\n\n");
        WriteLine(writer, Columns);
        WriteLine(writer, [.. Columns.Select((_, column) => column < WordColumns ? "---" : "--:")]);
        foreach (IReadOnlyList<string> row in Rows)
            WriteLine(writer, row);
        writer.Write('\n');
    }

    private TextTable Fit(int width)
    {
        List<int> columns = [.. Enumerable.Range(0, Columns.Count)];
        TextTable table = Pick(columns);
        foreach (string name in LeftOutFirst.TakeWhile(_ => table.Width > width))
        {
            columns.RemoveAll(column => Columns[column] == name);
            table = Pick(columns);
        }

        return table;
    }

    private TextTable Pick(List<int> columns) => new(
        [.. columns.Select(column => Columns[column])],
        [.. Rows.Select(row => columns.Select(column => row[column]).ToArray())],
        columns.Count(column => column < WordColumns));

    private static void WriteLine(TextWriter writer, IReadOnlyList<string> cells) =>
        writer.Write($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
}

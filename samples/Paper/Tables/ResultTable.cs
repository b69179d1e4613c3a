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
        new TextTable(Columns, Rows, WordColumns).Fit(console.Profile.Width, LeftOutFirst).Write(console);
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

    private static void WriteLine(TextWriter writer, IReadOnlyList<string> cells) =>
        writer.Write($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
}

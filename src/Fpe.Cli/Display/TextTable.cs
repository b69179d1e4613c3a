using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>A table as aligned text, the same in a terminal and in a pipe: words are left-aligned, numbers right-aligned.</summary>
/// <param name="columns">The headings; each is broken at its last space or hyphen, so that columns stay narrow.</param>
/// <param name="rows">The cells, row by row.</param>
/// <param name="wordColumns">The number of columns, from the left, that contain words.</param>
internal sealed class TextTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int wordColumns)
{
    private const string Gap = "  ";

    private readonly string[][] headings = [.. columns.Select(Break)];
    private readonly int[] widths = [.. Enumerable.Range(0, columns.Count).Select(column => WidthOf(columns[column], rows.Select(row => row[column])))];

    /// <summary>The number of characters per line.</summary>
    public int Width => widths.Sum() + (Gap.Length * (widths.Length - 1));

    public void Write(IAnsiConsole console)
    {
        foreach (int line in (int[])[0, 1])
            console.WriteLine(Align([.. headings.Select(heading => heading[line])]), new Style(decoration: Decoration.Bold));
        console.WriteLine(new string('─', Width));
        foreach (IReadOnlyList<string> row in rows)
            console.WriteLine(Align(row));
    }

    private static int WidthOf(string heading, IEnumerable<string> cells) => Break(heading).Concat(cells).Max(text => text.Length);

    private static string[] Break(string heading)
    {
        int end = heading.LastIndexOfAny([' ', '-']) + 1;
        return [heading[..end].TrimEnd(), heading[end..]];
    }

    private string Align(IReadOnlyList<string> cells) =>
        string.Join(Gap, cells.Select((cell, column) => column < wordColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();
}

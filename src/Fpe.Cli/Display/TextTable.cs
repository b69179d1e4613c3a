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

    /// <summary>Returns a table that fits into a width, or the narrowest if none does.</summary>
    /// <param name="width">The number of characters per line.</param>
    /// <param name="leftOutFirst">The least informative columns, which are left out in this order until it fits.</param>
    public TextTable Fit(int width, IEnumerable<string> leftOutFirst)
    {
        TextTable table = this;
        List<int> kept = [.. Enumerable.Range(0, columns.Count)];
        foreach (string name in leftOutFirst.TakeWhile(_ => table.Width > width))
        {
            kept.RemoveAll(column => columns[column] == name);
            table = new TextTable(
                [.. kept.Select(column => columns[column])], [.. rows.Select(row => kept.Select(column => row[column]).ToArray())],
                kept.Count(column => column < wordColumns));
        }

        return table;
    }

    /// <summary>Writes the table. If it is wider than the terminal, each row becomes several lines, one for each cell.</summary>
    public void Write(IAnsiConsole console)
    {
        if (Width > console.Profile.Width)
        {
            WriteRecords(console);
            return;
        }

        foreach (int line in (int[])[0, 1])
            console.WriteLine(Align([.. headings.Select(heading => heading[line])]), new Style(decoration: Decoration.Bold));
        console.WriteLine(new string('─', Width));
        foreach (IReadOnlyList<string> row in rows)
            console.WriteLine(Align(row));
    }

    private void WriteRecords(IAnsiConsole console)
    {
        int indent = columns.Max(column => column.Length) + Gap.Length;
        foreach (IReadOnlyList<string> row in rows)
        {
            console.WriteLine(row[0], new Style(decoration: Decoration.Bold));
            for (int column = 1; column < columns.Count; column++)
            {
                if (row[column].Length > 0)
                    console.WriteLine($"{Gap}{columns[column].PadRight(indent)}{row[column]}");
            }
        }
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

using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fpe.Cli.Display;

/// <summary>A table without a frame: words to the left, numbers to the right, two spaces between columns.</summary>
internal static class PlainTable
{
    private const int Gap = 2;

    /// <summary>Creates a table.</summary>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Cells, row by row.</param>
    /// <param name="wordColumns">How many of the columns, from the left, hold words.</param>
    public static IRenderable Create(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int wordColumns)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        for (int c = 0; c < columns.Count; c++)
        {
            table.AddColumn(new TableColumn(new Text(columns[c], new Style(decoration: Decoration.Bold)))
            {
                Alignment = c < wordColumns ? Justify.Left : Justify.Right,
                Padding = new Padding(0, 0, c == columns.Count - 1 ? 0 : Gap, 0),
            });
        }

        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }
}

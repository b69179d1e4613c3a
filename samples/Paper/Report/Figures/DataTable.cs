using System.Globalization;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Figures;

/// <summary>Numbers in rows and columns.</summary>
/// <param name="columns">Heads of the columns.</param>
internal sealed class DataTable(params IReadOnlyList<string> columns)
{
    private readonly List<object?[]> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One cell per column; null for an empty cell.</param>
    public void Add(params object?[] cells)
    {
        if (cells.Length != columns.Count)
            throw new ArgumentException($"{cells.Length} cells do not fit {columns.Count} columns.", nameof(cells));
        rows.Add(cells);
    }

    /// <summary>Writes the table.</summary>
    /// <param name="html">Receives the table.</param>
    /// <param name="title">What it contains, for readers who do not see it.</param>
    public void Write(HtmlBuilder html, string title) =>
        html.ScrollingTable($"Data: {title}", "data", () =>
        {
            html.Element("thead", [], () => html.Element("tr", [], () =>
            {
                foreach (string column in columns)
                    html.Element("th", column);
            }));
            html.Element("tbody", [], () =>
            {
                foreach (object?[] row in rows)
                    html.Element("tr", [], () => WriteCells(html, row));
            });
        });

    private static void WriteCells(HtmlBuilder html, object?[] row)
    {
        foreach (object? cell in row)
        {
            if (cell is string text)
                html.Element("td", text);
            else
                html.Element("td", Number(cell), ("class", "number"));
        }
    }

    private static string Number(object? value) => value switch
    {
        null => "",
        double number when !double.IsFinite(number) => "",
        double number => number.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−'),
        IFormattable number => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F'),
        _ => value.ToString()!,
    };
}

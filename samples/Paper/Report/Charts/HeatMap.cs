using System.Globalization;
using System.Text;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>A matrix as coloured cells: one colour for positive values, another for negative, stronger where they are larger.</summary>
internal static class HeatMap
{
    // The number that can be distinguished. Cells of equal strength form one path, which keeps the file small.
    private const int Strengths = 24;

    /// <summary>Draws the matrix.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="title">Title above the drawing.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="cells">The cells row by row: [rows, columns].</param>
    /// <param name="strongest">The magnitude that gets the full colour, at least that of every cell; the same for matrices to compare.</param>
    public static void Draw(HtmlBuilder html, string title, int rows, int columns, IReadOnlyList<float> cells, double strongest) =>
        html.Element("div", [("class", "map")], () =>
        {
            html.Element("p", title);
            html.Element("svg", [("viewBox", FormattableString.Invariant($"0 0 {columns} {rows}")), ("role", "img"), ("aria-label", title)], () =>
            {
                html.Shape("rect", ("class", "empty"), ("width", columns), ("height", rows));
                foreach (IGrouping<int, int> group in Enumerable.Range(0, cells.Count).GroupBy(cell => StrengthOf(cells[cell], strongest)).OrderBy(group => group.Key))
                {
                    if (group.Key != 0)
                        html.Shape("path", ("class", group.Key > 0 ? "positive" : "negative"), ("opacity", Math.Abs(group.Key) / (double)Strengths), ("d", Squares(group, columns)));
                }
            });
        });

    /// <summary>From −<see cref="Strengths"/> to <see cref="Strengths"/>; 0 is indistinguishable from an empty cell.</summary>
    private static int StrengthOf(float value, double strongest) => strongest > 0 ? (int)Math.Round(Strengths * value / strongest) : 0;

    private static string Squares(IEnumerable<int> cells, int columns)
    {
        var path = new StringBuilder();
        foreach (int cell in cells)
            path.Append(CultureInfo.InvariantCulture, $"M{cell % columns} {cell / columns}h1v1h-1z");
        return path.ToString();
    }
}

using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>A matrix as coloured cells: one colour for positive values, another for negative, stronger where they are larger.</summary>
internal static class HeatMap
{
    private const double Size = 320;

    // A cell fainter than this could not be told from an empty one; leaving it out keeps the file small.
    private const double Faintest = 0.02;

    /// <summary>Draws the matrix.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="title">What stands over it.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="cells">The cells row by row: [rows, columns].</param>
    /// <param name="strongest">The magnitude that gets the full colour; the same for matrices to compare.</param>
    public static void Draw(HtmlBuilder html, string title, int rows, int columns, IReadOnlyList<float> cells, double strongest) =>
        html.Element("div", [("class", "map")], () =>
        {
            html.Element("p", title);
            double cell = Size / Math.Max(rows, columns);
            html.Element("svg", [("viewBox", FormattableString.Invariant($"0 0 {cell * columns:0.##} {cell * rows:0.##}")), ("role", "img"), ("aria-label", title)], () =>
            {
                html.Shape("rect", ("class", "empty"), ("width", cell * columns), ("height", cell * rows));
                for (int i = 0; i < cells.Count; i++)
                {
                    double strength = strongest > 0 ? Math.Min(1, Math.Abs(cells[i]) / strongest) : 0;
                    if (strength >= Faintest)
                        DrawCell(html, i, columns, cell, cells[i] > 0 ? "positive" : "negative", strength);
                }
            });
        });

    private static void DrawCell(HtmlBuilder html, int index, int columns, double cell, string sign, double strength) =>
        html.Shape(
            "rect", ("class", sign), ("x", index % columns * cell), ("y", index / columns * cell),
            ("width", cell), ("height", cell), ("opacity", strength));
}

using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>One row per name, with a value and its interval, for unordered categories.</summary>
internal static class IntervalChart
{
    private const double Width = 520;
    private const double NameWidth = 190;
    private const double RowHeight = 22;
    private const double Bottom = 42;

    /// <summary>Draws the chart.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="title">Title of the axis.</param>
    /// <param name="values">
    /// Name, value and interval of each row; <see cref="Point.X"/> is not used, and rows that cannot be drawn are left out.
    /// </param>
    public static void Draw(HtmlBuilder html, string description, string title, IReadOnlyList<(string Name, Point Value)> values)
    {
        (string Name, Point Value)[] rows = [.. values.Where(row => row.Value.IsFinite)];
        var scale = Scale.Linear(rows.SelectMany(row => (double[])[row.Value.Low, row.Value.High]), includeZero: true);
        double height = (rows.Length * RowHeight) + Bottom;
        html.Element("svg", [("viewBox", FormattableString.Invariant($"0 0 {Width} {height}")), ("role", "img"), ("aria-label", description)], () =>
        {
            DrawAxis(html, scale, title, height);
            for (int r = 0; r < rows.Length; r++)
                DrawRow(html, scale, rows[r].Name, rows[r].Value, (r + 0.5) * RowHeight);
        });
    }

    private static void DrawAxis(HtmlBuilder html, Scale scale, string title, double height)
    {
        double bottom = height - Bottom;
        foreach (double tick in scale.Ticks)
        {
            html.Shape("line", ("class", "grid"), ("x1", X(scale, tick)), ("x2", X(scale, tick)), ("y1", 0), ("y2", bottom));
            html.Element("text", scale.Label(tick), ("class", "tick middle"), ("x", X(scale, tick)), ("y", bottom + 16));
        }

        html.Shape("line", ("class", "baseline"), ("x1", X(scale, 0)), ("x2", X(scale, 0)), ("y1", 0), ("y2", bottom));
        html.Element("text", title, ("class", "axis middle"), ("x", (NameWidth + Width) / 2), ("y", height - 6));
    }

    private static void DrawRow(HtmlBuilder html, Scale scale, string name, Point value, double y)
    {
        html.Element("text", name, ("class", "tick end"), ("x", NameWidth - 8), ("y", y + 4));
        html.Element("g", [("class", Marker.Class(0))], () =>
        {
            if (value.High > value.Low)
                html.Shape("line", ("class", "error"), ("x1", X(scale, value.Low)), ("x2", X(scale, value.High)), ("y1", y), ("y2", y));
            Marker.Draw(html, 0, X(scale, value.Y), y, FormattableString.Invariant($"{name}: {value.Y:0.##}"));
        });
    }

    private static double X(Scale scale, double value) => NameWidth + (scale.Fraction(value) * (Width - NameWidth - 14));
}

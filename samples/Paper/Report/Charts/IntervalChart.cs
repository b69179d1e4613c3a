using Samples.Paper.Report.Html;
using Samples.Paper.Tables;

namespace Samples.Paper.Report.Charts;

/// <summary>One row per name, with a value and its interval in numbers and as a mark, for unordered categories.</summary>
internal static class IntervalChart
{
    private const double Side = 26;
    private const double RowHeight = 38;
    private const double Bottom = 44;

    /// <summary>Returns the chart.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="title">Title of the axis.</param>
    /// <param name="values">
    /// Name, value and interval of each row; <see cref="Point.X"/> is not used, and rows that cannot be drawn are left out.
    /// </param>
    public static Drawing Of(string description, string title, IReadOnlyList<(string Name, Point Value)> values)
    {
        (string Name, Point Value)[] rows = [.. values.Where(row => row.Value.IsFinite)];
        var scale = Scale.Linear(rows.SelectMany(row => (double[])[row.Value.Low, row.Value.High]), includeZero: true);
        double height = (rows.Length * RowHeight) + Bottom;
        return new Drawing
        {
            Description = description,
            Height = height,
            Content = html =>
            {
                DrawAxis(html, scale, title, height);
                for (int r = 0; r < rows.Length; r++)
                    DrawRow(html, scale, rows[r].Name, rows[r].Value, r * RowHeight);
            },
        };
    }

    private static void DrawAxis(HtmlBuilder html, Scale scale, string title, double height)
    {
        double bottom = height - Bottom;
        foreach (double tick in scale.Ticks)
            html.Element("text", scale.Label(tick), ("class", "tick middle"), ("x", X(scale, tick)), ("y", bottom + 16));
        html.Element("text", title, ("class", "axis middle"), ("x", Drawing.Width / 2), ("y", height - 8));
    }

    // Name and numbers stand above the mark, so that the axis has the whole width on a phone too; no line crosses them.
    private static void DrawRow(HtmlBuilder html, Scale scale, string name, Point value, double top)
    {
        double y = top + 27;
        string numbers = value.High > value.Low ? Numbers.Interval(value.Y, value.Low, value.High) : Numbers.WithSign(value.Y);
        html.Element("text", name, ("class", "axis"), ("x", 2), ("y", top + 15));
        html.Element("text", numbers, ("class", "tick end"), ("x", Drawing.Width - 2), ("y", top + 15));
        foreach (double tick in scale.Ticks)
            Line("grid", tick);
        Line("baseline", 0);
        html.Element("g", [("class", Marker.Class(0))], () =>
        {
            if (value.High > value.Low)
                html.Shape("line", ("class", "error"), ("x1", X(scale, value.Low)), ("x2", X(scale, value.High)), ("y1", y), ("y2", y));
            Marker.Draw(html, 0, X(scale, value.Y), y, $"{name}: {numbers}");
        });

        void Line(string style, double at) =>
            html.Shape("line", ("class", style), ("x1", X(scale, at)), ("x2", X(scale, at)), ("y1", y - 7), ("y2", y + 7));
    }

    private static double X(Scale scale, double value) => Side + (scale.Fraction(value) * (Drawing.Width - (2 * Side)));
}

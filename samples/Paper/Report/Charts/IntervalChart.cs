using Samples.Paper.Report.Html;
using Samples.Paper.Tables;

namespace Samples.Paper.Report.Charts;

/// <summary>One row per name, with a value and its interval in numbers and as a mark, for unordered categories.</summary>
internal static class IntervalChart
{
    private const double Side = 14;
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
        {
            html.Shape("line", ("class", "grid"), ("x1", X(scale, tick)), ("x2", X(scale, tick)), ("y1", 0), ("y2", bottom));
            html.Element("text", scale.Label(tick), ("class", "tick middle"), ("x", X(scale, tick)), ("y", bottom + 16));
        }

        html.Shape("line", ("class", "baseline"), ("x1", X(scale, 0)), ("x2", X(scale, 0)), ("y1", 0), ("y2", bottom));
        html.Element("text", title, ("class", "axis middle"), ("x", Drawing.Width / 2), ("y", height - 8));
    }

    // Name and numbers stand above the mark, so that the axis has the whole width on a phone too.
    private static void DrawRow(HtmlBuilder html, Scale scale, string name, Point value, double top)
    {
        double y = top + 27;
        string numbers = value.High > value.Low ? Numbers.Interval(value.Y, value.Low, value.High) : Numbers.WithSign(value.Y);
        html.Element("text", name, ("class", "axis row"), ("x", 2), ("y", top + 15));
        html.Element("text", numbers, ("class", "tick row end"), ("x", Drawing.Width - 2), ("y", top + 15));
        html.Element("g", [("class", Marker.Class(0))], () =>
        {
            if (value.High > value.Low)
                html.Shape("line", ("class", "error"), ("x1", X(scale, value.Low)), ("x2", X(scale, value.High)), ("y1", y), ("y2", y));
            Marker.Draw(html, 0, X(scale, value.Y), y, $"{name}: {numbers}");
        });
    }

    private static double X(Scale scale, double value) => Side + (scale.Fraction(value) * (Drawing.Width - (2 * Side)));
}

using System.Globalization;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>Values over widths, factors or clauses, with one line per series and error bars.</summary>
internal static class LineChart
{
    // Series are shifted horizontally by this, so that error bars at the same position do not overlap.
    private const double Nudge = 3;

    /// <summary>Returns the chart.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="x">The horizontal axis and its title.</param>
    /// <param name="y">The vertical axis and its title.</param>
    /// <param name="series">The values.</param>
    /// <param name="baseline">A value to draw a line at; null for none.</param>
    public static Drawing Of(
        string description, (Scale Scale, string Title) x, (Scale Scale, string Title) y, IReadOnlyList<Series> series, double? baseline = null) =>
        Plot.Of(description, x, y, [.. series.Select(one => LegendEntry.OfSeries(one.Name, one.Style))], (html, plot) =>
        {
            if (baseline is { } value)
                plot.Baseline(value);
            for (int s = 0; s < series.Count; s++)
                DrawSeries(html, plot, series[s], Nudge * (s - ((series.Count - 1) / 2.0)));
        });

    private static void DrawSeries(HtmlBuilder html, Plot plot, Series series, double offset) =>
        html.Element("g", [("class", Marker.Class(series.Style))], () =>
        {
            string path = string.Join(' ', series.Points.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{plot.X(point.X) + offset:0.##},{plot.Y(point.Y):0.##}")));
            html.Shape("polyline", ("class", "line"), ("points", path));
            foreach (Point point in series.Points)
            {
                double centre = plot.X(point.X) + offset;
                if (point.High > point.Low)
                    html.Shape("line", ("class", "error"), ("x1", centre), ("x2", centre), ("y1", plot.Y(point.Low)), ("y2", plot.Y(point.High)));
                Marker.Draw(html, series.Style, centre, plot.Y(point.Y), $"{series.Name}: {Describe(point)}");
            }
        });

    private static string Describe(Point point)
    {
        string value = string.Create(CultureInfo.InvariantCulture, $"{point.X:0.###}: {point.Y:0.###}");
        return point.High > point.Low ? string.Create(CultureInfo.InvariantCulture, $"{value}, {point.Low:0.###} to {point.High:0.###}") : value;
    }
}

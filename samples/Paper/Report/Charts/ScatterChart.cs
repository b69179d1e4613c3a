using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>Pairs of values, with one mark per pair, and the regression line of all of them.</summary>
internal static class ScatterChart
{
    /// <summary>Returns the chart.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="xTitle">Title of the horizontal axis.</param>
    /// <param name="yTitle">Title of the vertical axis.</param>
    /// <param name="series">The pairs.</param>
    /// <param name="includeZero">Whether the vertical axis must include 0, with a line there.</param>
    public static Drawing Of(string description, string xTitle, string yTitle, IReadOnlyList<Series> series, bool includeZero)
    {
        Point[] points = [.. series.SelectMany(one => one.Points)];
        Trend? trend = Trend.Of(points);
        Point[] shown = trend is null ? points : [.. points, trend.Start, trend.End];
        var x = Scale.Linear(shown.Select(point => point.X));
        var y = Scale.Linear(shown.Select(point => point.Y), includeZero);
        IEnumerable<LegendEntry> legend = series.Select(one => LegendEntry.OfSeries(one.Name, one.Style));
        return Plot.Of(
            trend is null ? description : $"{description}; {trend.Text}", (x, xTitle), (y, yTitle),
            trend is null ? [.. legend] : [.. legend, LegendEntry.OfTrend(trend)],
            (html, plot) =>
            {
                if (includeZero)
                    plot.Baseline(0);
                foreach (Series one in series)
                    DrawSeries(html, plot, one);
                if (trend is not null)
                    plot.Line(trend);
            });
    }

    private static void DrawSeries(HtmlBuilder html, Plot plot, Series series) =>
        html.Element("g", [("class", $"{Marker.Class(series.Style)} faint")], () =>
        {
            foreach (Point point in series.Points)
                Marker.Draw(html, series.Style, plot.X(point.X), plot.Y(point.Y), series.Name);
        });
}

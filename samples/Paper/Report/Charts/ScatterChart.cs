using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>Pairs of values, with one mark per pair.</summary>
internal static class ScatterChart
{
    /// <summary>Draws the chart and its legend.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="xTitle">Title of the horizontal axis.</param>
    /// <param name="yTitle">Title of the vertical axis.</param>
    /// <param name="series">The pairs.</param>
    /// <param name="includeZero">Whether the vertical axis must include 0, with a line there.</param>
    public static void Draw(
        HtmlBuilder html, string description, string xTitle, string yTitle, IReadOnlyList<Series> series, bool includeZero)
    {
        var x = Scale.Linear(series.SelectMany(one => one.Points).Select(point => point.X));
        var y = Scale.Linear(series.SelectMany(one => one.Points).Select(point => point.Y), includeZero);
        Plot.Draw(html, description, (x, xTitle), (y, yTitle), plot =>
        {
            if (includeZero)
                plot.Baseline(0);
            foreach (Series one in series)
            {
                html.Element("g", [("class", $"{Marker.Class(one.Style)} faint")], () =>
                {
                    foreach (Point point in one.Points)
                        Marker.Draw(html, one.Style, plot.X(point.X), plot.Y(point.Y), one.Name);
                });
            }
        });
        Legend.Write(html, series);
    }
}

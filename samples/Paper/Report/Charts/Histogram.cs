using System.Globalization;

namespace Samples.Paper.Report.Charts;

/// <summary>Frequencies of values in bins of equal width from 0 to 1, drawn as one stepped outline per series.</summary>
internal static class Histogram
{
    /// <summary>Returns the chart.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="xTitle">Title of the horizontal axis.</param>
    /// <param name="yTitle">Title of the vertical axis.</param>
    /// <param name="histograms">Name, style and heights of each series; all with the same number of heights.</param>
    public static Drawing Of(
        string description, string xTitle, string yTitle, IReadOnlyList<(string Name, int Style, IReadOnlyList<double> Heights)> histograms)
    {
        var x = Scale.Linear([0, 1]);
        var y = Scale.Linear(histograms.SelectMany(one => one.Heights), includeZero: true);
        return Plot.Of(description, (x, xTitle), (y, yTitle), [.. histograms.Select(one => LegendEntry.OfSeries(one.Name, one.Style))], (html, plot) =>
        {
            foreach ((_, int style, IReadOnlyList<double> heights) in histograms)
            {
                string points = string.Join(' ', Outline(heights).Select(corner =>
                    string.Create(CultureInfo.InvariantCulture, $"{plot.X(corner.X):0.##},{plot.Y(corner.Y):0.##}")));
                html.Element("g", [("class", Marker.Class(style))], () => html.Shape("polygon", ("class", "area"), ("points", points)));
            }
        });
    }

    private static IEnumerable<(double X, double Y)> Outline(IReadOnlyList<double> heights)
    {
        yield return (0, 0);
        for (int bin = 0; bin < heights.Count; bin++)
        {
            yield return ((double)bin / heights.Count, heights[bin]);
            yield return ((bin + 1.0) / heights.Count, heights[bin]);
        }

        yield return (1, 0);
    }
}

using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>Names the series of a chart below it, so that lines can wrap on a narrow screen.</summary>
internal static class Legend
{
    /// <summary>Writes the legend.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<Series> series) =>
        html.Element("ul", [("class", "legend")], () =>
        {
            for (int s = 0; s < series.Count; s++)
            {
                int style = series[s].Style;
                string name = series[s].Name;
                html.Element("li", [], () =>
                {
                    html.Element("svg", [("class", Marker.Class(style)), ("viewBox", "0 0 22 12"), ("aria-hidden", "true")], () =>
                    {
                        html.Shape("line", ("class", "line"), ("x1", 1), ("x2", 21), ("y1", 6), ("y2", 6));
                        Marker.Draw(html, style, 11, 6);
                    });
                    html.Text(name);
                });
            }
        });
}

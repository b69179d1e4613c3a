using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>A line of a legend.</summary>
/// <param name="Name">What the symbol stands for.</param>
/// <param name="Symbol">Draws the symbol, from (0, 0) to (<see cref="Width"/>, <see cref="Height"/>).</param>
internal sealed record LegendEntry(string Name, Action<HtmlBuilder> Symbol)
{
    /// <summary>Width of a symbol, in pixels.</summary>
    public const double Width = 22;

    /// <summary>Height of a symbol, in pixels.</summary>
    public const double Height = 12;

    /// <summary>The entry of a series.</summary>
    /// <param name="name">Name of the series.</param>
    /// <param name="style">Number of its colour and marker.</param>
    public static LegendEntry OfSeries(string name, int style) => new(name, html => html.Element("g", [("class", Marker.Class(style))], () =>
    {
        Line(html, "line");
        Marker.Draw(html, style, Width / 2, Height / 2);
    }));

    /// <summary>The entry of a regression line.</summary>
    public static LegendEntry OfTrend(Trend trend) => new(trend.Text, html => Line(html, "trend"));

    private static void Line(HtmlBuilder html, string style) =>
        html.Shape("line", ("class", style), ("x1", 1), ("x2", Width - 1), ("y1", Height / 2), ("y2", Height / 2));
}

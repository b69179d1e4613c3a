using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>A drawing in SVG with its legend, for the page and for files of their own.</summary>
/// <remarks>Colours and fonts come from the stylesheet, so a drawing on the page follows the theme.</remarks>
internal sealed record Drawing
{
    /// <summary>
    /// Width of all drawings, in pixels. It is little more than a phone has, so that text is readable there and drawings of one size stand
    /// beside each other on a wide screen.
    /// </summary>
    public const double Width = 380;

    /// <summary>Text alternative of the drawing.</summary>
    public required string Description { get; init; }

    /// <summary>Height in pixels.</summary>
    public required double Height { get; init; }

    /// <summary>Writes its elements.</summary>
    public required Action<HtmlBuilder> Content { get; init; }

    /// <summary>What its colours and marks stand for.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>Writes the drawing, and the legend below it.</summary>
    public void Write(HtmlBuilder html)
    {
        html.Element("svg", [("viewBox", FormattableString.Invariant($"0 0 {Width} {Height:0.##}")), ("role", "img"), ("aria-label", Description)], () => Content(html));
        if (Legend.Count > 0)
            html.Element("ul", [("class", "legend")], () => WriteLegend(html));
    }

    // Below the drawing, so that entries can wrap on a narrow screen.
    private void WriteLegend(HtmlBuilder html)
    {
        foreach (LegendEntry entry in Legend)
        {
            html.Element("li", [], () =>
            {
                html.Element("svg", [("viewBox", FormattableString.Invariant($"0 0 {LegendEntry.Width} {LegendEntry.Height}")), ("aria-hidden", "true")], () => entry.Symbol(html));
                html.Text(entry.Name);
            });
        }
    }
}

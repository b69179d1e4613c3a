using Samples.Paper.Report.Charts;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Figures;

/// <summary>A drawing with its caption and its numbers.</summary>
internal sealed record Figure
{
    /// <summary>Title of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>Description of the figure, including seeds and error bars.</summary>
    public required string Caption { get; init; }

    /// <summary>The numbers behind the drawing.</summary>
    public required DataTable Data { get; init; }

    /// <summary>The drawing.</summary>
    public required Drawing Drawing { get; init; }

    /// <summary>Writes the drawing, the caption, a link that saves the drawing as a file, and, in a collapsible section, the numbers.</summary>
    /// <param name="html">Receives the figure.</param>
    /// <param name="origin">Where the figure belongs and comes from.</param>
    public void Write(HtmlBuilder html, FigureOrigin origin) =>
        html.Element("figure", [], () =>
        {
            html.Element("h4", Title);
            Drawing.Write(html);
            html.Element("figcaption", Caption);
            html.Element("p", [("class", "save")], () => html.Element(
                "a", "Save as SVG",
                ("href", SvgFile.Link(SvgFile.Of(this, origin))), ("download", origin.FileName(Title)), ("aria-label", $"Save as SVG: {Title}")));
            html.Element("details", [], () =>
            {
                html.Element("summary", "data");
                Data.Write(html, Title);
            });
        });
}

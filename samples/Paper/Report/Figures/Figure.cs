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

    /// <summary>Draws it.</summary>
    public required Action<HtmlBuilder> Draw { get; init; }

    /// <summary>Writes the drawing, the caption and, in a collapsible section, the numbers.</summary>
    public void Write(HtmlBuilder html) =>
        html.Element("figure", [], () =>
        {
            html.Element("h4", Title);
            Draw(html);
            html.Element("figcaption", Caption);
            html.Element("details", [], () =>
            {
                html.Element("summary", "data");
                Data.Write(html);
            });
        });
}

using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Figures;

/// <summary>A drawing with its caption and its numbers.</summary>
internal sealed record Figure
{
    /// <summary>What the figure is called.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be seen, with seeds and error bars named.</summary>
    public required string Caption { get; init; }

    /// <summary>The numbers behind the drawing.</summary>
    public required DataTable Data { get; init; }

    /// <summary>Draws it.</summary>
    public required Action<HtmlBuilder> Draw { get; init; }

    /// <summary>Writes drawing, caption and, behind a toggle, the numbers.</summary>
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

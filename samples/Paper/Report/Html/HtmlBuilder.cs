using System.Globalization;
using System.Text;

namespace Samples.Paper.Report.Html;

/// <summary>Writes HTML and the SVG in it, element by element. Text and attribute values are escaped only here.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder html = new();
    private readonly Stack<string> open = new();

    /// <summary>Writes an element and its content.</summary>
    /// <param name="name">Name of the element.</param>
    /// <param name="attributes">Name and value of each attribute.</param>
    /// <param name="content">Writes the content.</param>
    public HtmlBuilder Element(string name, IReadOnlyList<(string Name, object Value)> attributes, Action content)
    {
        Tag(name, attributes, ">");
        open.Push(name);
        content();
        open.Pop();
        html.Append("</").Append(name).Append('>');
        if (IsBlock(name))
            html.Append('\n');
        return this;
    }

    /// <summary>An element whose content is text.</summary>
    /// <param name="name">Name of the element.</param>
    /// <param name="text">The text, not escaped.</param>
    /// <param name="attributes">Name and value of each attribute.</param>
    public HtmlBuilder Element(string name, string text, params IReadOnlyList<(string Name, object Value)> attributes) =>
        Element(name, attributes, () => Text(text));

    /// <summary>An element of SVG without content.</summary>
    /// <param name="name">Name of the element.</param>
    /// <param name="attributes">Name and value of each attribute.</param>
    public HtmlBuilder Shape(string name, params IReadOnlyList<(string Name, object Value)> attributes)
    {
        Tag(name, attributes, "/>");
        return this;
    }

    /// <summary>A table that scrolls horizontally on a narrow screen, also by keyboard.</summary>
    /// <param name="label">What it contains, for readers who do not see it.</param>
    /// <param name="style">Class of the table.</param>
    /// <param name="content">Writes the rows.</param>
    public HtmlBuilder ScrollingTable(string label, string style, Action content) =>
        Element("div", [("class", "scroll"), ("role", "region"), ("tabindex", 0), ("aria-label", label)], () => Element("table", [("class", style)], content));

    /// <summary>Text, escaped.</summary>
    public HtmlBuilder Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Writes text that is already HTML, or the content of a style element.</summary>
    public HtmlBuilder Raw(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        open.Count == 0 ? html.ToString() : throw new InvalidOperationException($"The element {open.Peek()} is open still.");

    private static bool IsBlock(string name) => name is not ("span" or "a" or "td" or "th" or "text" or "title" or "tspan" or "strong" or "small" or "code");

    private void Tag(string name, IReadOnlyList<(string Name, object Value)> attributes, string end)
    {
        html.Append('<').Append(name);
        foreach ((string attribute, object value) in attributes)
        {
            html.Append(' ').Append(attribute).Append("=\"");
            Escape(Format(value));
            html.Append('"');
        }

        html.Append(end);
    }

    // Coordinates have a resolution of a hundredth of a pixel; more digits would only make the file larger.
    private static string Format(object value) => value switch
    {
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private void Escape(string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '&' => html.Append("&amp;"),
                '"' => html.Append("&quot;"),
                _ => html.Append(c),
            };
        }
    }
}

using System.Globalization;
using System.Text;
using Samples.Paper.Report.Charts;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Figures;

/// <summary>
/// A figure as an SVG file that stands alone: title, drawing, legend and origin. Colours are numbers in it, because few programs that read
/// SVG know variables of stylesheets.
/// </summary>
internal static class SvgFile
{
    private const double Margin = 16;
    private const double LineHeight = 18;

    // Characters of the font that fit into a line.
    private const int LineLength = 54;

    /// <summary>Returns the file.</summary>
    public static string Of(Figure figure, FigureOrigin origin)
    {
        string[] title = Wrap(figure.Title), place = Wrap(origin.Place), source = Wrap(origin.Source);
        double drawing = Margin + ((title.Length + place.Length) * LineHeight) + 8;
        double legend = drawing + figure.Drawing.Height + 4;
        double origins = legend + (figure.Drawing.Legend.Count * LineHeight);
        (double width, double height) = (Drawing.Width + (2 * Margin), origins + (source.Length * LineHeight) + Margin);

        var svg = new HtmlBuilder();
        svg.Element(
            "svg", [("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", height), ("viewBox", FormattableString.Invariant($"0 0 {width:0.##} {height:0.##}")), ("role", "img")],
            () =>
            {
                svg.Element("title", figure.Drawing.Description);
                svg.Element("style", [], () => svg.Raw(Stylesheet.OfFiles));
                svg.Shape("rect", ("class", "page"), ("width", width), ("height", height));
                Lines(svg, "title", title, Margin);
                Lines(svg, "note", place, Margin + (title.Length * LineHeight));
                svg.Element("g", [("transform", Move(Margin, drawing))], () => figure.Drawing.Content(svg));
                for (int e = 0; e < figure.Drawing.Legend.Count; e++)
                    Entry(svg, figure.Drawing.Legend[e], legend + (e * LineHeight));
                Lines(svg, "note", source, origins);
            });
        return svg.ToString();
    }

    /// <summary>Returns the address of a file that is part of the page, so that it can be saved without a server and without a script.</summary>
    public static string Link(string svg)
    {
        var address = new StringBuilder("data:image/svg+xml;charset=utf-8,");
        foreach (char c in svg)
        {
            // What ends an address, or would be longer as HTML.
            _ = c is '%' or '#' or '"' or '<' or '>' or '&' or '\n'
                ? address.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}")
                : address.Append(c);
        }

        return address.ToString();
    }

    private static void Entry(HtmlBuilder svg, LegendEntry entry, double top)
    {
        svg.Element("g", [("transform", Move(Margin, top + ((LineHeight - LegendEntry.Height) / 2)))], () => entry.Symbol(svg));
        svg.Element("text", entry.Name, ("class", "axis"), ("x", Margin + LegendEntry.Width + 6), ("y", top + 14));
    }

    private static void Lines(HtmlBuilder svg, string style, string[] lines, double top)
    {
        for (int l = 0; l < lines.Length; l++)
            svg.Element("text", lines[l], ("class", style), ("x", Margin), ("y", top + (l * LineHeight) + 14));
    }

    private static string Move(double x, double y) => FormattableString.Invariant($"translate({x:0.##} {y:0.##})");

    private static string[] Wrap(string text)
    {
        var lines = new List<string>();
        foreach (string word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= LineLength)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return [.. lines];
    }
}

using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>
/// The mark of a series: a colour and a shape, so that series can also be distinguished without colour. The stylesheet defines the colours:
/// <c>c0</c> … <c>c7</c>.
/// </summary>
internal static class Marker
{
    private const int Colours = 8;
    private const double Radius = 4;

    /// <summary>Class of the series by its position among the others.</summary>
    public static string Class(int series) => $"c{series % Colours}";

    /// <summary>Draws a mark.</summary>
    /// <param name="html">Receives the mark.</param>
    /// <param name="series">Position of the series, from 0.</param>
    /// <param name="x">Centre, in pixels.</param>
    /// <param name="y">Centre, in pixels.</param>
    /// <param name="note">Tooltip; null for none.</param>
    public static void Draw(HtmlBuilder html, int series, double x, double y, string? note = null)
    {
        void Note()
        {
            if (note is not null)
                html.Element("title", note);
        }

        switch (series % 4)
        {
            case 0:
                html.Element("circle", [("class", "mark"), ("cx", x), ("cy", y), ("r", Radius)], Note);
                break;
            case 1:
                html.Element("rect", [("class", "mark"), ("x", x - Radius + 0.5), ("y", y - Radius + 0.5), ("width", 7), ("height", 7)], Note);
                break;
            case 2:
                Polygon(html, Note, (x, y - 5), (x + 5, y + 4), (x - 5, y + 4));
                break;
            default:
                Polygon(html, Note, (x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y));
                break;
        }
    }

    private static void Polygon(HtmlBuilder html, Action note, params IReadOnlyList<(double X, double Y)> corners)
    {
        string points = string.Join(' ', corners.Select(corner => FormattableString.Invariant($"{corner.X:0.##},{corner.Y:0.##}")));
        html.Element("polygon", [("class", "mark"), ("points", points)], note);
    }
}

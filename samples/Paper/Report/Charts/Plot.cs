using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>The frame of a chart: axes, ticks, grid and the area that marks are drawn in.</summary>
/// <remarks>Colours and fonts come from the stylesheet, so a chart follows the theme.</remarks>
internal sealed class Plot
{
    // Small enough that text is still readable if a phone shrinks the drawing to its width.
    private const double Width = 520;
    private const double Height = 320;
    private const double Left = 56;
    private const double Right = 24;
    private const double Top = 12;
    private const double Bottom = 46;

    private readonly HtmlBuilder html;
    private readonly Scale xScale;
    private readonly Scale yScale;

    private Plot(HtmlBuilder html, Scale xScale, Scale yScale)
    {
        this.html = html;
        this.xScale = xScale;
        this.yScale = yScale;
    }

    /// <summary>Draws a frame and the marks in it.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="x">The horizontal axis and its title.</param>
    /// <param name="y">The vertical axis and its title.</param>
    /// <param name="marks">Draws the marks.</param>
    public static void Draw(HtmlBuilder html, string description, (Scale Scale, string Title) x, (Scale Scale, string Title) y, Action<Plot> marks)
    {
        var plot = new Plot(html, x.Scale, y.Scale);
        html.Element("svg", [("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", description)], () =>
        {
            plot.DrawHorizontalAxis(x.Title);
            plot.DrawVerticalAxis(y.Title);
            marks(plot);
        });
    }

    /// <summary>Returns the horizontal position of a value, in pixels.</summary>
    public double X(double value) => Left + (xScale.Fraction(value) * (Width - Left - Right));

    /// <summary>Returns the vertical position of a value, in pixels.</summary>
    public double Y(double value) => Height - Bottom - (yScale.Fraction(value) * (Height - Top - Bottom));

    /// <summary>Draws a horizontal line at a value, such as no gain.</summary>
    public void Baseline(double value) =>
        html.Shape("line", ("class", "baseline"), ("x1", Left), ("x2", Width - Right), ("y1", Y(value)), ("y2", Y(value)));

    private void DrawHorizontalAxis(string title)
    {
        foreach (double tick in xScale.Ticks)
        {
            html.Shape("line", ("class", "grid"), ("x1", X(tick)), ("x2", X(tick)), ("y1", Top), ("y2", Height - Bottom));
            html.Element("text", xScale.Label(tick), ("class", "tick middle"), ("x", X(tick)), ("y", Height - Bottom + 17));
        }

        html.Element("text", title, ("class", "axis middle"), ("x", (Left + Width - Right) / 2), ("y", Height - 6));
    }

    private void DrawVerticalAxis(string title)
    {
        foreach (double tick in yScale.Ticks)
        {
            html.Shape("line", ("class", "grid"), ("x1", Left), ("x2", Width - Right), ("y1", Y(tick)), ("y2", Y(tick)));
            html.Element("text", yScale.Label(tick), ("class", "tick end"), ("x", Left - 6), ("y", Y(tick) + 4));
        }

        double middle = (Top + Height - Bottom) / 2;
        html.Element("text", title, ("class", "axis middle"), ("x", 13), ("y", middle), ("transform", FormattableString.Invariant($"rotate(-90 13 {middle})")));
    }
}

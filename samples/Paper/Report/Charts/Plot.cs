using Samples.Paper.Report.Html;

namespace Samples.Paper.Report.Charts;

/// <summary>The frame of a chart: axes, ticks, grid and the area that marks are drawn in.</summary>
internal sealed class Plot
{
    private const double Width = Drawing.Width;
    private const double Height = 260;
    private const double Left = 54;
    private const double Right = 30;
    private const double Top = 10;
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

    /// <summary>Returns a frame and the marks in it.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="x">The horizontal axis and its title.</param>
    /// <param name="y">The vertical axis and its title.</param>
    /// <param name="legend">The legend.</param>
    /// <param name="marks">Draws the marks.</param>
    public static Drawing Of(
        string description, (Scale Scale, string Title) x, (Scale Scale, string Title) y, IReadOnlyList<LegendEntry> legend, Action<HtmlBuilder, Plot> marks)
    {
        return new Drawing { Description = description, Height = Height, Legend = legend, Content = Draw };

        void Draw(HtmlBuilder html)
        {
            var plot = new Plot(html, x.Scale, y.Scale);
            plot.DrawHorizontalAxis(x.Title);
            plot.DrawVerticalAxis(y.Title);
            marks(html, plot);
        }
    }

    /// <summary>Returns the horizontal position of a value, in pixels.</summary>
    public double X(double value) => Left + (xScale.Fraction(value) * (Width - Left - Right));

    /// <summary>Returns the vertical position of a value, in pixels.</summary>
    public double Y(double value) => Height - Bottom - (yScale.Fraction(value) * (Height - Top - Bottom));

    /// <summary>Draws a horizontal line at a value, such as no gain.</summary>
    public void Baseline(double value) =>
        html.Shape("line", ("class", "baseline"), ("x1", Left), ("x2", Width - Right), ("y1", Y(value)), ("y2", Y(value)));

    /// <summary>Draws a regression line.</summary>
    public void Line(Trend trend) => html.Shape(
        "line", ("class", "trend"), ("x1", X(trend.Start.X)), ("x2", X(trend.End.X)), ("y1", Y(trend.Start.Y)), ("y2", Y(trend.End.Y)));

    private void DrawHorizontalAxis(string title)
    {
        foreach (double tick in xScale.Ticks)
        {
            html.Shape("line", ("class", "grid"), ("x1", X(tick)), ("x2", X(tick)), ("y1", Top), ("y2", Height - Bottom));
            html.Element("text", xScale.Label(tick), ("class", "tick middle"), ("x", X(tick)), ("y", Height - Bottom + 17));
        }

        html.Element("text", title, ("class", "axis middle"), ("x", (Left + Width - Right) / 2), ("y", Height - 8));
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

using System.Globalization;
using System.Text;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Charts;

/// <summary>
/// Matrices as coloured cells, one below the other, with axes and one scale: one colour for positive values, another for negative, stronger
/// where they are larger.
/// </summary>
internal static class HeatMap
{
    // The number that can be distinguished. Cells of equal strength form one path, which keeps the file small.
    private const int Strengths = 24;

    private const double Left = 54;
    private const double Right = 26;
    private const double PanelTop = 24;
    private const double PanelBottom = 44;
    private const double MaximumHeight = 260;
    private const double MaximumCell = 14;
    private const double ScaleHeight = 66;
    private const double ScaleBar = 14;

    /// <summary>Returns the drawing.</summary>
    /// <param name="description">Text alternative of the drawing.</param>
    /// <param name="axes">Titles of the rows, of the columns and of the scale.</param>
    /// <param name="matrices">Title and cells of each matrix; they share one scale, which ends at the largest magnitude.</param>
    public static Drawing Of(string description, (string Row, string Column, string Value) axes, IReadOnlyList<(string Title, MatrixPicture Picture)> matrices)
    {
        double strongest = matrices.SelectMany(matrix => matrix.Picture.Cells).Max(Math.Abs);
        double[] heights = [.. matrices.Select(matrix => PanelTop + (matrix.Picture.Rows * CellOf(matrix.Picture)) + PanelBottom)];
        return new Drawing
        {
            Description = description,
            Height = heights.Sum() + ScaleHeight,
            Content = html =>
            {
                double top = 0;
                foreach (((string title, MatrixPicture picture), double height) in matrices.Zip(heights))
                {
                    DrawMatrix(html, title, picture, strongest, axes.Row, axes.Column, top);
                    top += height;
                }

                DrawScale(html, strongest, axes.Value, top);
            },
        };
    }

    private static double CellOf(MatrixPicture picture) =>
        Math.Min(MaximumCell, Math.Min((Drawing.Width - Left - Right) / picture.Columns, MaximumHeight / picture.Rows));

    private static void DrawMatrix(HtmlBuilder html, string title, MatrixPicture picture, double strongest, string rowTitle, string columnTitle, double top)
    {
        double cell = CellOf(picture);
        (double width, double height, double y) = (picture.Columns * cell, picture.Rows * cell, top + PanelTop);
        html.Element("text", title, ("class", "axis"), ("x", Left), ("y", top + 15));
        html.Element("g", [("transform", FormattableString.Invariant($"translate({Left} {y}) scale({cell:0.####})"))], () =>
        {
            html.Shape("rect", ("class", "empty"), ("width", picture.Columns), ("height", picture.Rows));
            foreach (IGrouping<int, int> group in Enumerable.Range(0, picture.Cells.Count).GroupBy(index => StrengthOf(picture.Cells[index], strongest)).OrderBy(group => group.Key))
            {
                if (group.Key != 0)
                    html.Shape("path", ("class", ClassOf(group.Key)), ("opacity", OpacityOf(group.Key)), ("d", Squares(group, picture.Columns)));
            }
        });

        foreach ((string label, double position) in Indices(picture.MatrixColumns, width, apart: 40))
            html.Element("text", label, ("class", "tick middle"), ("x", Left + position), ("y", y + height + 16));
        foreach ((string label, double position) in Indices(picture.MatrixRows, height, apart: 16))
            html.Element("text", label, ("class", "tick end"), ("x", Left - 6), ("y", y + position + 4));
        html.Element("text", columnTitle, ("class", "axis middle"), ("x", Left + (width / 2)), ("y", y + height + 34));

        // Beside its rows, or, if they are too few for its length, above them.
        (double middle, double length) = (y + (height / 2), 8.0 * rowTitle.Length);
        middle = Math.Max(middle, top + (length / 2));
        html.Element("text", rowTitle, ("class", "axis middle"), ("x", 13), ("y", middle), ("transform", FormattableString.Invariant($"rotate(-90 13 {middle:0.##})")));
    }

    /// <summary>Numbers of rows or columns, from 0, and where they are, at least some pixels apart.</summary>
    private static IEnumerable<(string Label, double Position)> Indices(int count, double length, double apart)
    {
        int step = 1;
        for (int factor = 0; step * length / count < apart && step < count; factor++)
            step = factor % 3 == 1 ? step / 2 * 5 : step * 2;
        for (int index = 0; index < count; index += step)
            yield return (index.ToString(CultureInfo.InvariantCulture), (index + 0.5) * length / count);
    }

    private static void DrawScale(HtmlBuilder html, double strongest, string title, double top)
    {
        const double Length = Drawing.Width - Left - Right;
        const double Step = Length / ((2 * Strengths) + 1);
        html.Shape("rect", ("class", "empty"), ("x", Left), ("y", top), ("width", Length), ("height", ScaleBar));
        for (int strength = -Strengths; strength <= Strengths; strength++)
        {
            if (strength != 0)
                html.Shape("rect", ("class", ClassOf(strength)), ("opacity", OpacityOf(strength)), ("x", Left + ((strength + Strengths) * Step)), ("y", top), ("width", Step), ("height", ScaleBar));
        }

        foreach (double share in (double[])[-1, -0.5, 0, 0.5, 1])
        {
            double x = Left + (Length / 2) + (share * Strengths * Step);
            html.Shape("line", ("class", "grid"), ("x1", x), ("x2", x), ("y1", top + ScaleBar), ("y2", top + ScaleBar + 4));
            html.Element("text", Number(share * strongest), ("class", "tick middle"), ("x", x), ("y", top + ScaleBar + 18));
        }

        html.Element("text", title, ("class", "axis middle"), ("x", Left + (Length / 2)), ("y", top + ScaleBar + 38));
    }

    // Two digits that count.
    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1 ? "0.#" : "G2", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>From −<see cref="Strengths"/> to <see cref="Strengths"/>; 0 is indistinguishable from an empty cell.</summary>
    private static int StrengthOf(float value, double strongest) => strongest > 0 ? (int)Math.Round(Strengths * value / strongest) : 0;

    private static string ClassOf(int strength) => strength > 0 ? "positive" : "negative";

    private static double OpacityOf(int strength) => Math.Abs(strength) / (double)Strengths;

    private static string Squares(IEnumerable<int> cells, int columns)
    {
        var path = new StringBuilder();
        foreach (int cell in cells)
            path.Append(CultureInfo.InvariantCulture, $"M{cell % columns} {cell / columns}h1v1h-1z");
        return path.ToString();
    }
}

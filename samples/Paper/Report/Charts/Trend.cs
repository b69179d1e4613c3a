using System.Globalization;
using Fpe.Numerics;
using Fpe.Research.Statistics;

namespace Samples.Paper.Report.Charts;

/// <summary>The regression line of pairs of values, by least squares, and their correlation.</summary>
/// <param name="Correlation">Pearson's r with its interval.</param>
/// <param name="Start">The line at the smallest horizontal value.</param>
/// <param name="End">The line at the largest horizontal value.</param>
internal sealed record Trend(PearsonCorrelation Correlation, Point Start, Point End)
{
    // With fewer pairs r has no interval, and two are always on a line.
    private const int MinimumPairs = 4;

    /// <summary>The correlation in words: <c>regression: r = 0.43 [0.12, 0.66], 36 runs</c>.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"regression: r = {Correlation.Coefficient:0.00} [{Correlation.Lower95:0.00}, {Correlation.Upper95:0.00}], {Correlation.Count} runs").Replace('-', '−');

    /// <summary>Fits a line; null if there are too few pairs, or if one of the values is constant, so that there is no correlation.</summary>
    public static Trend? Of(IReadOnlyList<Point> points)
    {
        if (points.Count < MinimumPairs)
            return null;
        double[] x = [.. points.Select(point => point.X)], y = [.. points.Select(point => point.Y)];
        var correlation = PearsonCorrelation.Of(x, y);
        if (double.IsNaN(correlation.Coefficient))
            return null;
        (SampleStatistics ofX, SampleStatistics ofY) = (SampleStatistics.Of(x), SampleStatistics.Of(y));
        double slope = correlation.Coefficient * ofY.Deviation / ofX.Deviation;
        return new Trend(correlation, At(x.Min()), At(x.Max()));

        Point At(double value) => Point.At(value, ofY.Mean + (slope * (value - ofX.Mean)));
    }
}

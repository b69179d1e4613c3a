using Fpe.Numerics;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>Gain over the dense parent against something that was varied, with 95 % confidence intervals of the paired difference.</summary>
internal static class GainFigure
{
    /// <summary>Draws a figure.</summary>
    /// <param name="title">Title of the figure.</param>
    /// <param name="axis">Name of the varied quantity.</param>
    /// <param name="comparisons">The comparisons; those without a dense parent are ignored.</param>
    /// <param name="x">The varied value of a comparison.</param>
    /// <param name="series">The series a comparison belongs to.</param>
    /// <param name="style">Style of a series; null to number them in order.</param>
    /// <param name="ratios">Whether the varied values are drawn by ratio; linear otherwise.</param>
    /// <returns>The figure; null if nothing was varied.</returns>
    public static Figure? Of(
        string title, string axis, IEnumerable<Comparison> comparisons, Func<Comparison, int> x, Func<Comparison, string> series,
        Func<Comparison, int>? style = null, bool ratios = true)
    {
        Comparison[] compared = [.. comparisons.Where(comparison => !comparison.Variant.IsDense && comparison.Gain is not null)];
        if (compared.Select(x).Distinct().Count() < 2)
            return null;

        var data = new DataTable("series", axis, "seeds", "gain in points", "95 % margin");
        Series[] lines =
        [
            .. compared.GroupBy(series).Select((group, index) => new Series(
                group.Key, style?.Invoke(group.First()) ?? index,
                [.. group.OrderBy(x).Select(comparison => PointOf(group.Key, x(comparison), comparison.Gain!.Value, data))])),
        ];
        IEnumerable<double> positions = compared.Select(comparison => (double)x(comparison));
        return new Figure
        {
            Title = title,
            Caption = "Points of test accuracy over the dense parent with as many weights, trained for as long: mean of the differences seed by seed; bars are 95 % confidence intervals (Student's t), where there are at least two seeds.",
            Data = data,
            Drawing = LineChart.Of(
                title,
                (ratios ? Scale.Ratios(positions) : Scale.Linear(positions), axis),
                (Scale.Linear(lines.SelectMany(line => line.Points).SelectMany(point => (double[])[point.Low, point.High]), includeZero: true), "gain in points"),
                lines, baseline: 0),
        };
    }

    private static Point PointOf(string name, int x, SampleStatistics gain, DataTable data)
    {
        data.Add(name, x, gain.Count, gain.Mean, gain.Margin95);
        double margin = double.IsNaN(gain.Margin95) ? 0 : gain.Margin95;
        return new Point(x, gain.Mean, gain.Mean - margin, gain.Mean + margin);
    }
}

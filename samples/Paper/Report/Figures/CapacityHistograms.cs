using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>The distribution of feature capacity over inputs, dense and expanded.</summary>
internal static class CapacityHistograms
{
    private const int MaximumSeries = 5;

    /// <summary>A figure of the middle width of a task; none if nothing was expanded.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        int width = ground.Widths[ground.Widths.Count / 2];
        Comparison[] compared = [.. ground.Splits.Where(comparison => comparison.Setting.Width == width).OrderBy(comparison => comparison.Variant.Factor).Take(MaximumSeries)];
        if (compared.Length < 2)
            yield break;

        (string Name, int Style, IReadOnlyList<double> Heights)[] histograms =
            [.. compared.Select(comparison => (ComparedGround.Label(comparison.Variant), ground.StyleOf(comparison.Variant), Shares(comparison)))];
        var data = new DataTable(["capacity from", .. histograms.Select(histogram => $"{histogram.Name}, % of inputs")]);
        int bins = histograms[0].Heights.Count;
        for (int bin = 0; bin < bins; bin++)
            data.Add([(double)bin / bins, .. histograms.Select(histogram => (object?)histogram.Heights[bin])]);
        yield return new Figure
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Feature capacity, {width} neurons"),
            Caption = "Share of the inputs by their capacity C = (w·w)² / Σ (w·w′)² in the first expanded layer, all seeds together: 1 where an input shares neurons with no other, near 0 where it shares all of them. Inputs that no neuron uses are left out.",
            Data = data,
            Drawing = Histogram.Of("Feature capacity", "capacity", "% of inputs", histograms),
        };
    }

    private static double[] Shares(Comparison comparison)
    {
        var counts = new double[comparison.Pairs[0].Network.Measurement!.Interference.CapacityHistogram.Count];
        foreach (Pair pair in comparison.Pairs)
        {
            IReadOnlyList<int> histogram = pair.Network.Measurement!.Interference.CapacityHistogram;
            for (int bin = 0; bin < counts.Length; bin++)
                counts[bin] += histogram[bin];
        }

        double total = counts.Sum();
        return total == 0 ? counts : Array.ConvertAll(counts, count => 100 * count / total);
    }
}

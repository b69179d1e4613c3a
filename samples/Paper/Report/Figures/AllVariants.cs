using System.Globalization;
using Fpe.Numerics;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>The gain over the dense parent of all variants of one width, including controls.</summary>
internal static class AllVariants
{
    /// <summary>One figure for each width with controls, that is, with more than the splits of the paper.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        HashSet<Comparison> splits = [.. ground.Splits];
        foreach (int width in ground.Widths)
        {
            Comparison[] compared =
            [
                .. ground.Comparisons.Where(comparison =>
                    comparison.Setting.Width == width && !comparison.Variant.IsDense && comparison.Gain is not null && ground.IsUsual(comparison.Variant)),
            ];
            if (compared.Any(comparison => !splits.Contains(comparison)))
                yield return Draw(width, compared);
        }
    }

    private static Figure Draw(int width, IReadOnlyList<Comparison> comparisons)
    {
        var data = new DataTable("network", "weights", "biases", "weights of the dense parent", "seeds", "test accuracy %", "gain in points", "95 % margin");
        (string, Point)[] rows = [.. comparisons.Select(comparison => Row(comparison, data))];
        return new Figure
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Strategies and controls, {width} neurons"),
            Caption = "Points of test accuracy over the dense parent, seed by seed; bars are 95 % confidence intervals. Wider dense networks and DropConnect have more weights than the others: see the data.",
            Data = data,
            Drawing = IntervalChart.Of("Gain of strategies and controls", "gain in points", rows),
        };
    }

    private static (string Name, Point Value) Row(Comparison comparison, DataTable data)
    {
        SampleStatistics gain = comparison.Gain!.Value;
        var measured = comparison.Pairs[0].Network.Measurement!;
        string name = ComparedGround.Label(comparison.Variant);
        data.Add(name, measured.Weights, measured.Biases, measured.DenseWeights, gain.Count, comparison.Accuracy.Mean, gain.Mean, gain.Margin95);
        return (name, MeanGains.PointOf(gain));
    }
}

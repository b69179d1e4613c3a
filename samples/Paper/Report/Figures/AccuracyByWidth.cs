using Fpe.Numerics;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>Test accuracy over the width of the dense parent: the dense parent and the splits, one figure per factor.</summary>
internal static class AccuracyByWidth
{
    /// <summary>The figures of a task; none if there is only one width.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        if (ground.Widths.Count < 2)
            yield break;

        Comparison[] splits = [.. ground.Splits];
        foreach (int factor in splits.Select(split => split.Variant.Factor).Where(factor => factor > 1).Distinct().Order())
            yield return Draw(ground, factor, [.. splits.Where(split => split.Variant.IsDense || split.Variant.Factor == factor)]);
    }

    private static Figure Draw(ComparedGround ground, int factor, IReadOnlyList<Comparison> comparisons)
    {
        var data = new DataTable("network", "neurons", "weights", "biases", "seeds", "test accuracy %", "deviation");
        Series[] series =
        [
            .. comparisons.GroupBy(comparison => comparison.Variant).Select(group => new Series(
                ComparedGround.Label(group.Key), ground.StyleOf(group.Key),
                [.. group.OrderBy(comparison => comparison.Setting.Width).Select(comparison => PointOf(comparison, data))])),
        ];
        return new Figure
        {
            Title = $"Accuracy against width, {factor} children a neuron",
            Caption = "Mean test accuracy over seeds against the neurons of the dense parent; bars are one standard deviation. All networks at one width have as many weights.",
            Data = data,
            Drawing = LineChart.Of(
                "Test accuracy against width",
                (Scale.Ratios(series.SelectMany(one => one.Points).Select(point => point.X)), "neurons of the dense parent"),
                (Scale.Linear(series.SelectMany(one => one.Points).SelectMany(point => (double[])[point.Low, point.High])), "test accuracy %"),
                series),
        };
    }

    private static Point PointOf(Comparison comparison, DataTable data)
    {
        SampleStatistics accuracy = comparison.Accuracy;
        double deviation = double.IsNaN(accuracy.Deviation) ? 0 : accuracy.Deviation;
        data.Add(
            ComparedGround.Label(comparison.Variant), comparison.Setting.Width, comparison.Pairs[0].Network.Measurement!.Weights,
            comparison.Pairs[0].Network.Measurement!.Biases, accuracy.Count, accuracy.Mean, accuracy.Deviation);
        return new Point(comparison.Setting.Width, accuracy.Mean, accuracy.Mean - deviation, accuracy.Mean + deviation);
    }
}

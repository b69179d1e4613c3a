using Fpe.Numerics;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>The main picture of an experiment: the mean gain of each network over its dense parent, with its interval.</summary>
internal static class MeanGains
{
    /// <summary>Returns the figure; null if no network has a dense parent.</summary>
    /// <param name="grounds">The tasks of the experiment.</param>
    public static Figure? Of(IReadOnlyList<ComparedGround> grounds)
    {
        var data = new DataTable("network", "settings", "seeds", "test accuracy %", "gain in points", "95 % margin");
        (string, Point)[] rows =
        [
            .. from ground in grounds
               from comparison in ground.Comparisons
               where !comparison.Variant.IsDense && comparison.Gain is not null && ground.IsUsual(comparison.Variant)
               group comparison by ComparedGround.Label(comparison.Variant) into settings
               let gain = MeanGain.Of([.. settings])
               where gain is not null
               select Row(settings.Key, [.. settings], gain.Value, data),
        ];
        return rows.Length == 0 ? null : new Figure
        {
            Title = "Gain over the dense parent",
            Caption = "Points of test accuracy over the dense parent with the same data, seed and training: means over seeds and over all settings in which the network was run; bars and brackets are 95 % confidence intervals (Student's t) over at least two seeds. Wider dense networks and DropConnect have more weights than their parents.",
            Data = data,
            Drawing = IntervalChart.Of("Mean gain of each network over its dense parent", "gain in points", rows),
        };
    }

    /// <summary>Returns a mean with its interval, or alone if there is a single seed.</summary>
    public static Point PointOf(SampleStatistics gain)
    {
        double margin = double.IsNaN(gain.Margin95) ? 0 : gain.Margin95;
        return new Point(0, gain.Mean, gain.Mean - margin, gain.Mean + margin);
    }

    private static (string Name, Point Value) Row(string name, IReadOnlyList<Comparison> settings, SampleStatistics gain, DataTable data)
    {
        data.Add(name, settings.Count, gain.Count, settings.Average(comparison => comparison.Accuracy.Mean), gain.Mean, gain.Margin95);
        return (name, PointOf(gain));
    }
}

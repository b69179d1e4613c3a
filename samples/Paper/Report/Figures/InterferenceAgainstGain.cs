using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>Shows whether networks whose interference decreases more gain more, with one mark per run.</summary>
internal static class InterferenceAgainstGain
{
    /// <summary>Two figures of a task: capacity and cosine; none if nothing was expanded.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        Comparison[] splits = [.. ground.Splits.Where(comparison => comparison.Gain is not null && !comparison.Variant.IsDense)];
        if (splits.Length == 0)
            yield break;
        yield return Draw(ground, "Gain against the change of feature capacity", "capacity over the dense parent's", splits, interference => interference.Capacity, ratio: true);
        yield return Draw(ground, "Gain against the change of mean |cosine|", "mean |cosine| less the dense parent's", splits, interference => interference.AbsoluteCosine, ratio: false);
    }

    private static Figure Draw(
        ComparedGround ground, string title, string axis, IReadOnlyList<Comparison> comparisons, Func<InterferenceMeasures, double> measure, bool ratio)
    {
        var data = new DataTable("network", "neurons", "seed", "dense parent", "network", "gain in points");
        Series[] series =
        [
            .. comparisons.GroupBy(comparison => comparison.Variant).Select(group => new Series(
                ComparedGround.Label(group.Key), ground.StyleOf(group.Key),
                [.. group.SelectMany(comparison => comparison.Pairs).Where(pair => pair.Dense is not null).Select(pair => PointOf(pair, measure, ratio, data))])),
        ];
        return new Figure
        {
            Title = title,
            Caption = "Each mark is a run: the measure of the first expanded layer after training beside that of the dense parent of the same seed, and the points of test accuracy gained. The line is the regression over all marks of this figure, with Pearson's r and its 95 % interval; the claims table has the correlations over the whole experiment.",
            Data = data,
            Drawing = ScatterChart.Of(title, axis, "gain in points", series, includeZero: true),
        };
    }

    private static Point PointOf(Pair pair, Func<InterferenceMeasures, double> measure, bool ratio, DataTable data)
    {
        RunConfiguration run = pair.Network.Configuration;
        double dense = measure(pair.Dense!.Measurement!.Interference), network = measure(pair.Network.Measurement!.Interference);
        data.Add(ComparedGround.Label(run.Variant), run.Setting.Width, run.Seed, dense, network, pair.Gain!.Value);
        return Point.At(ratio ? network / dense : network - dense, pair.Gain!.Value);
    }
}

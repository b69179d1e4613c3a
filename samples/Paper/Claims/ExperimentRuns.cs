using Fpe.Numerics;
using Fpe.Research.Statistics;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Claims;

/// <summary>The runs of one experiment, and the effects that claims are about.</summary>
/// <param name="table">All runs.</param>
/// <param name="experiment">Name of the experiment.</param>
internal sealed class ExperimentRuns(RunTable table, string experiment)
{
    /// <summary>Minimum number of seeds to decide a claim.</summary>
    public const int MinimumSeeds = 3;

    /// <summary>Minimum number of pairs of runs for a correlation.</summary>
    public const int MinimumPairs = 10;

    private readonly Contender[] contenders = [.. table.Of(experiment)];

    /// <summary>Name of the experiment.</summary>
    public string Experiment => experiment;

    /// <summary>All runs.</summary>
    public RunTable Table => table;

    /// <summary>Returns the contenders of a kind with the usual time of the split.</summary>
    public IEnumerable<Contender> Usual(Func<Variant, bool> way) =>
        contenders.Where(contender => way(contender.Variant)
            && (contender.Variant.IsNew || contender.Variant.ExpandAfter is null || contender.Variant.ExpandAfter == table.UsualSplit(contender.Setting)));

    /// <summary>Returns all contenders of a kind, regardless of the time of the split.</summary>
    public IEnumerable<Contender> Any(Func<Variant, bool> way) => contenders.Where(contender => way(contender.Variant));

    /// <summary>The contenders of a kind with the highest mean accuracy, one for each setting.</summary>
    public IEnumerable<Contender> BestOfEach(Func<Variant, bool> way) =>
        Any(way).GroupBy(contender => contender.Setting).Select(group => group.MaxBy(contender => table.Runs(contender).Values.Average(run => run.TestAccuracy))!);

    /// <summary>Whether a contender was run.</summary>
    public bool Has(Contender contender) => table.Runs(contender).Count > 0;

    /// <summary>
    /// The mean difference of pairs of contenders. Differences are first averaged over the pairs, seed by seed, and the interval is that of
    /// these means; seeds with a missing run are left out.
    /// </summary>
    public Effect? Difference(IEnumerable<(Contender First, Contender Second)> pairs)
    {
        (Contender First, Contender Second)[] compared = [.. pairs.Where(pair => Has(pair.First) && Has(pair.Second))];
        return compared.Length == 0 ? null : OverSeeds(seed => Mean(compared.Select(pair => table.Difference(pair.First, pair.Second, seed))));
    }

    /// <summary>
    /// The mean change of the gain when a size doubles: the slope of the gain over log₂ of the size, fitted for each seed and group.
    /// </summary>
    /// <param name="of">The contenders.</param>
    /// <param name="size">The size.</param>
    /// <param name="group">Key of the other properties that must be equal.</param>
    public Effect? SlopeOfGain(IEnumerable<Contender> of, Func<Setting, int> size, Func<Contender, object> group)
    {
        Contender[][] groups =
        [
            .. from contender in of
               where Has(contender.Dense)
               group contender by @group(contender) into members
               where members.Select(member => size(member.Setting)).Distinct().Count() > 1
               select members.ToArray(),
        ];
        return groups.Length == 0 ? null : OverSeeds(seed => Mean(groups.Select(members => Slope(members, size, seed))));
    }

    /// <summary>The mean of something over the seeds in which it is known, with its interval.</summary>
    /// <param name="value">The value for a seed; null if it is unknown.</param>
    /// <param name="unit">Unit of the value.</param>
    public Effect? OverSeeds(Func<long, double?> value, string unit = "points")
    {
        double[] values =
        [
            .. contenders.SelectMany(contender => table.Runs(contender).Keys).Distinct().Order().Select(value).Known(),
        ];
        if (values.Length < MinimumSeeds)
            return null;
        var statistics = SampleStatistics.Of(values);
        return new Effect(statistics.Mean, statistics.Mean - statistics.Margin95, statistics.Mean + statistics.Margin95, values.Length, unit);
    }

    /// <summary>The correlation of something with the accuracy gain, over all pairs of a run and its dense parent.</summary>
    /// <param name="of">The contenders.</param>
    /// <param name="measure">What is correlated: computed from the run and its dense parent.</param>
    public Effect? CorrelationWithGain(IEnumerable<Contender> of, Func<Measurement, Measurement, double> measure)
    {
        (double Measure, double Gain)[] pairs =
        [
            .. from contender in of
               from run in table.Runs(contender)
               let dense = table.Runs(contender.Dense).GetValueOrDefault(run.Key)
               where dense is not null
               select (measure(run.Value, dense), 100 * (run.Value.TestAccuracy - dense.TestAccuracy)),
        ];
        if (pairs.Length < MinimumPairs)
            return null;
        var found = PearsonCorrelation.Of([.. pairs.Select(pair => pair.Measure)], [.. pairs.Select(pair => pair.Gain)]);
        return double.IsNaN(found.Coefficient) ? null : new Effect(found.Coefficient, found.Lower95, found.Upper95, found.Count, Effect.Correlation);
    }

    private double? Slope(Contender[] members, Func<Setting, int> size, long seed)
    {
        (double X, double? Y)[] points = [.. members.Select(member => (Math.Log2(size(member.Setting)), table.Difference(member, member.Dense, seed)))];
        if (points.Any(point => point.Y is null))
            return null;
        (double meanX, double meanY) = (points.Average(point => point.X), points.Average(point => point.Y!.Value));
        return points.Sum(point => (point.X - meanX) * (point.Y!.Value - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    }

    /// <summary>Returns the mean; null if one of the values is null, because a mean over fewer cases would not be comparable.</summary>
    public static double? Mean(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        return all.Contains(null) ? null : all.Average();
    }
}

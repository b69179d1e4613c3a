using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>Finished runs, to be found by what they compare.</summary>
internal sealed class RunTable
{
    private static readonly Method[] Splits = [Method.Random, Method.Clause, Method.Feature];

    private readonly Dictionary<Contender, Dictionary<long, Measurement>> measured;

    /// <summary>Sorts results.</summary>
    public RunTable(IReadOnlyList<RunResult> results)
    {
        Comparisons = Comparison.Of(results);
        measured = Comparisons.ToDictionary(
            comparison => new Contender(comparison.Setting, comparison.Variant),
            comparison => comparison.Pairs.ToDictionary(pair => pair.Network.Configuration.Seed, pair => pair.Network.Measurement!));
    }

    /// <summary>All comparisons, in the order of the results.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>Names of the experiments, in the order of the results.</summary>
    public IEnumerable<string> Experiments => Comparisons.Select(comparison => comparison.Setting.Experiment).Distinct();

    /// <summary>Whatever was run of an experiment and finished with some seed.</summary>
    public IEnumerable<Contender> Of(string experiment) => measured.Keys.Where(contender => contender.Setting.Experiment == experiment);

    /// <summary>What the finished runs of a contender measured, by seed; empty where there are none.</summary>
    public IReadOnlyDictionary<long, Measurement> Runs(Contender contender) => measured.GetValueOrDefault(contender) ?? [];

    /// <summary>Difference of two contenders in test accuracy with one seed, in points; null where a run is missing.</summary>
    public double? Difference(Contender contender, Contender other, long seed) => Accuracy(contender, seed) - Accuracy(other, seed);

    /// <summary>The split that most of the expanded runs on a setting have, the latest of several; null where there are none.</summary>
    public int? UsualSplit(Setting setting) => measured
        .Where(runs => runs.Key.Setting == setting && runs.Key.Variant.ExpandAfter is not null && Splits.Contains(runs.Key.Variant.Method))
        .GroupBy(runs => runs.Key.Variant.ExpandAfter)
        .OrderByDescending(group => group.Sum(runs => runs.Value.Count))
        .ThenByDescending(group => group.Key)
        .FirstOrDefault()?.Key;

    private double? Accuracy(Contender contender, long seed) =>
        Runs(contender).TryGetValue(seed, out Measurement? measurement) ? 100 * measurement.TestAccuracy : null;
}

using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>Finished runs, indexed by contender.</summary>
internal sealed class RunTable
{
    private static readonly Method[] Splits = [Method.Random, Method.Clause, Method.Feature];

    private readonly Dictionary<Contender, Dictionary<long, Measurement>> measured;

    /// <summary>Creates the table.</summary>
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

    /// <summary>Returns the contenders of an experiment that finished with at least one seed.</summary>
    public IEnumerable<Contender> Of(string experiment) => measured.Keys.Where(contender => contender.Setting.Experiment == experiment);

    /// <summary>Returns the measurements of the finished runs of a contender, by seed; empty if there are none.</summary>
    public IReadOnlyDictionary<long, Measurement> Runs(Contender contender) => measured.GetValueOrDefault(contender) ?? [];

    /// <summary>Returns the difference in test accuracy of two contenders with one seed, in points; null if a run is missing.</summary>
    public double? Difference(Contender contender, Contender other, long seed) => Accuracy(contender, seed) - Accuracy(other, seed);

    /// <summary>
    /// Returns the most common time of the split of the expanded runs in a setting, the latest of several; null if there are none.
    /// </summary>
    public int? UsualSplit(Setting setting) => measured
        .Where(runs => runs.Key.Setting == setting && runs.Key.Variant.ExpandAfter is not null && Splits.Contains(runs.Key.Variant.Method))
        .GroupBy(runs => runs.Key.Variant.ExpandAfter)
        .OrderByDescending(group => group.Sum(runs => runs.Value.Count))
        .ThenByDescending(group => group.Key)
        .FirstOrDefault()?.Key;

    private double? Accuracy(Contender contender, long seed) =>
        Runs(contender).TryGetValue(seed, out Measurement? measurement) ? 100 * measurement.TestAccuracy : null;
}

using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>Finished runs, by what they compare: every table, claim and figure is computed from this.</summary>
internal sealed class RunTable
{
    private static readonly Method[] Splits = [Method.Random, Method.Clause, Method.Feature];

    private readonly Dictionary<Contender, SortedDictionary<long, Measurement>> measured = [];
    private readonly Dictionary<Contender, int> diverged = [];
    private readonly List<Contender> contenders = [];

    /// <summary>Sorts results; those of a setting stay in their order.</summary>
    public RunTable(IEnumerable<RunResult> results)
    {
        foreach (RunResult result in results)
        {
            var contender = new Contender(result.Configuration.Setting, result.Configuration.Variant);
            if (!measured.TryGetValue(contender, out SortedDictionary<long, Measurement>? runs))
            {
                measured[contender] = runs = [];
                contenders.Add(contender);
            }

            if (result.Measurement is { } measurement)
                runs.Add(result.Configuration.Seed, measurement);
            else
                diverged[contender] = DivergedRuns(contender) + 1;
        }
    }

    /// <summary>Everything that was run, in the order of the results.</summary>
    public IReadOnlyList<Contender> Contenders => contenders;

    /// <summary>Names of the experiments, in the order of the results.</summary>
    public IEnumerable<string> Experiments => contenders.Select(contender => contender.Setting.Experiment).Distinct();

    /// <summary>The part of one experiment.</summary>
    public IEnumerable<Contender> Of(string experiment) => contenders.Where(contender => contender.Setting.Experiment == experiment);

    /// <summary>What the finished runs of a contender measured, by seed; empty where there are none.</summary>
    public IReadOnlyDictionary<long, Measurement> Runs(Contender contender) =>
        measured.TryGetValue(contender, out SortedDictionary<long, Measurement>? runs) ? runs : new Dictionary<long, Measurement>();

    /// <summary>Runs of a contender that diverged.</summary>
    public int DivergedRuns(Contender contender) => diverged.GetValueOrDefault(contender);

    /// <summary>Test accuracy of a seed in percent; null where the run is not there or diverged.</summary>
    public double? Accuracy(Contender contender, long seed) =>
        Runs(contender).TryGetValue(seed, out Measurement? measurement) ? 100 * measurement.TestAccuracy : null;

    /// <summary>Difference of two contenders in test accuracy with one seed, in points; null where a run is missing.</summary>
    public double? Difference(Contender contender, Contender other, long seed) => Accuracy(contender, seed) - Accuracy(other, seed);

    /// <summary>Difference of a contender from its dense parent over the seeds of both; null where there is none.</summary>
    public PairedGain? Gain(Contender contender) => PairedGain.Of(
        [.. Runs(contender).Keys.Select(seed => Difference(contender, contender.Dense, seed)).OfType<double>()]);

    /// <summary>The split that most of an experiment's expanded runs on a setting have, the latest of several; null where there are none.</summary>
    public int? UsualSplit(Setting setting) => contenders
        .Where(contender => contender.Setting == setting && contender.Variant.ExpandAfter is not null && Splits.Contains(contender.Variant.Method))
        .GroupBy(contender => contender.Variant.ExpandAfter)
        .OrderByDescending(group => group.Sum(contender => Runs(contender).Count))
        .ThenByDescending(group => group.Key)
        .FirstOrDefault()?.Key;
}

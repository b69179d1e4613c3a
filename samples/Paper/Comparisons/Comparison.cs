using Fpe.Numerics;
using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>
/// All seeds of one variant in one setting, each paired with its dense parent. Diverged runs are counted, but not included in the pairs.
/// </summary>
internal sealed record Comparison
{
    /// <summary>Task, data, dense parent and training.</summary>
    public required Setting Setting { get; init; }

    /// <summary>The network that is derived from the dense parent.</summary>
    public required Variant Variant { get; init; }

    /// <summary>The runs that were trained to the end, by seed; at least one.</summary>
    public required IReadOnlyList<Pair> Pairs { get; init; }

    /// <summary>Runs that diverged.</summary>
    public required int Diverged { get; init; }

    /// <summary>Test accuracy in percent over seeds.</summary>
    public SampleStatistics Accuracy => SampleStatistics.Of([.. Pairs.Select(pair => 100 * pair.Network.Measurement!.TestAccuracy)]);

    /// <summary>Points of test accuracy over the dense parent, seed by seed; null if no seed has both.</summary>
    public SampleStatistics? Gain
    {
        get
        {
            double[] gains = [.. Pairs.Select(pair => pair.Gain).Known()];
            return gains.Length == 0 ? null : SampleStatistics.Of(gains);
        }
    }

    /// <summary>Groups results, in the order in which each setting and variant first appears.</summary>
    public static IReadOnlyList<Comparison> Of(IReadOnlyList<RunResult> results)
    {
        IGrouping<(Setting Setting, Variant Variant), RunResult>[] contenders =
            [.. results.GroupBy(result => (result.Configuration.Setting, result.Configuration.Variant))];
        Dictionary<Setting, Dictionary<long, RunResult>> dense = contenders
            .Where(runs => runs.Key.Variant == Variant.Dense)
            .ToDictionary(runs => runs.Key.Setting, runs => runs.Where(run => !run.IsDiverged).ToDictionary(run => run.Configuration.Seed));
        return
        [
            .. contenders
                .Where(runs => runs.Any(run => !run.IsDiverged))
                .Select(runs => Of(runs, dense.GetValueOrDefault(runs.Key.Setting) ?? [])),
        ];
    }

    private static Comparison Of(IGrouping<(Setting Setting, Variant Variant), RunResult> runs, Dictionary<long, RunResult> dense) => new()
    {
        Setting = runs.Key.Setting,
        Variant = runs.Key.Variant,
        Pairs =
        [
            .. runs.Where(run => !run.IsDiverged).OrderBy(run => run.Configuration.Seed)
                .Select(run => new Pair(run, dense.GetValueOrDefault(run.Configuration.Seed))),
        ],
        Diverged = runs.Count(run => run.IsDiverged),
    };
}

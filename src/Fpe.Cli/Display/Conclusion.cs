using System.Globalization;
using Fpe.Cli.Running;
using Fpe.Numerics;

namespace Fpe.Cli.Display;

/// <summary>The conclusion from the runs, in one sentence that claims no more than they show.</summary>
internal static class Conclusion
{
    /// <summary>Compares the expanded model with its dense parent, seed by seed.</summary>
    public static string Of(StudyOutcome outcome)
    {
        if (!outcome.IsComplete)
            return $"The study is incomplete: {outcome.Ended} of {outcome.Planned} runs ended, so no conclusion is drawn.";

        Dictionary<long, RunRecord> expandedBySeed = outcome.Records(expanded: true).ToDictionary(run => run.Seed);
        (RunRecord Dense, RunRecord Expanded)[] pairs =
        [
            .. from dense in outcome.Records(expanded: false)
               where expandedBySeed.ContainsKey(dense.Seed)
               select (dense, expandedBySeed[dense.Seed]),
        ];
        return pairs.Length switch
        {
            0 => "The dense parent and the expanded model did not both finish for any seed, so they cannot be compared.",
            1 => OfOne(pairs[0].Dense, pairs[0].Expanded),
            _ => OfSeveral(pairs),
        };
    }

    private static string OfOne(RunRecord dense, RunRecord expanded) => string.Create(
        CultureInfo.InvariantCulture,
        $"With seed {dense.Seed} the expanded model reaches {100 * expanded.TestAccuracy:0.0} % and its dense parent "
        + $"{100 * dense.TestAccuracy:0.0} %, {Budget(dense, expanded)}; a single seed does not show the variation between seeds.");

    private static string OfSeveral((RunRecord Dense, RunRecord Expanded)[] pairs)
    {
        SampleStatistics difference =
            SampleStatistics.Of([.. pairs.Select(pair => 100 * (pair.Expanded.TestAccuracy - pair.Dense.TestAccuracy))]);
        (double low, double high) = (Shown(difference.Mean - difference.Margin95), Shown(difference.Mean + difference.Margin95));
        bool isClear = difference.Deviation > 0 && (low > 0 || high < 0);
        string verdict = !isClear ? "shows no clear difference from" : low > 0 ? "is better than" : "is worse than";
        int better = pairs.Count(pair => pair.Expanded.TestAccuracy > pair.Dense.TestAccuracy);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The expanded model {verdict} its dense parent {Budget(pairs[0].Dense, pairs[0].Expanded)}: "
            + $"{difference.Mean:+0.0;−0.0;0.0} points of test accuracy, 95 % interval {low:+0.0;−0.0;0.0} to {high:+0.0;−0.0;0.0}, "
            + $"higher in {better} of {pairs.Length} seeds.");
    }

    // The verdict is based on the figures as printed.
    private static double Shown(double points) => Math.Round(points, 1, MidpointRounding.AwayFromZero);

    private static string Budget(RunRecord dense, RunRecord expanded) => dense.Weights == expanded.Weights
        ? string.Create(CultureInfo.InvariantCulture, $"with {dense.Weights:#,0} weights each")
        : string.Create(CultureInfo.InvariantCulture, $"with {expanded.Weights:#,0} weights against {dense.Weights:#,0}");
}

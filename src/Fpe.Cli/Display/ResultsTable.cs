using System.Globalization;
using Fpe.Cli.Running;
using Fpe.Numerics;

namespace Fpe.Cli.Display;

/// <summary>The results of a study: one line for the dense parent and one for the expanded model.</summary>
internal static class ResultsTable
{
    private static readonly string[] Columns =
        ["network", "seeds", "weights", "test accuracy", "median", "worst seed", "feature capacity", "mean |cosine|", "mean seconds"];

    private static readonly string[] LeftOutFirst = ["mean seconds", "mean |cosine|", "feature capacity", "median", "weights"];

    /// <summary>Creates the table. If the terminal is narrow, the least informative columns are omitted.</summary>
    /// <param name="outcome">The runs.</param>
    /// <param name="width">The number of characters per line.</param>
    public static TextTable Create(StudyOutcome outcome, int width) => new TextTable(
        Columns,
        [Row("dense", [.. outcome.Records(expanded: false)]), Row("expanded", [.. outcome.Records(expanded: true)])],
        wordColumns: 1).Fit(width, LeftOutFirst);

    private static string[] Row(string network, RunRecord[] runs)
    {
        if (runs.Length == 0)
            return [network, "0", "", "", "", "", "", "", ""];

        SampleStatistics accuracy = Describe(runs, run => 100 * run.TestAccuracy);
        return
        [
            network, Text(runs.Length, "0"), Text(runs[0].Weights, "#,0"),
            runs.Length == 1 ? Percent(accuracy.Mean) : $"{Text(accuracy.Mean, "0.0")} ± {Percent(accuracy.Deviation)}",
            Percent(accuracy.Median),
            Percent(accuracy.Minimum),
            Text(Describe(runs, run => run.FeatureCapacity).Mean, "0.000"),
            Text(Describe(runs, run => run.MeanAbsCosine).Mean, "0.000"),
            Text(Describe(runs, run => run.Seconds).Mean, "0.00"),
        ];
    }

    private static SampleStatistics Describe(RunRecord[] runs, Func<RunRecord, double> measure) =>
        SampleStatistics.Of([.. runs.Select(measure)]);

    private static string Percent(double value) => Text(value, "0.0") + " %";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

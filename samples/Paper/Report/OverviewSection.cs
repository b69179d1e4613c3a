using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Figures;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;

namespace Samples.Paper.Report;

/// <summary>An overview of the runs, with one line per experiment.</summary>
internal static class OverviewSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<RunResult> results)
    {
        var table = new DataTable("experiment", "runs", "diverged", "widths", "factors", "seeds", "hours on one thread");
        foreach (IGrouping<string, RunResult> runs in results.GroupBy(result => result.Configuration.Setting.Experiment))
        {
            table.Add(
                runs.Key, runs.Count(), runs.Count(run => run.IsDiverged),
                List(runs.Select(run => run.Configuration.Setting.Width)),
                List(runs.Select(run => run.Configuration.Variant.Factor).Where(factor => factor > 1)),
                runs.Select(run => run.Configuration.Seed).Distinct().Count(),
                runs.Sum(run => run.Seconds) / 3600);
        }

        html.Element("section", [("id", "overview")], () =>
        {
            html.Element("h2", "What was run");
            table.Write(html, "what was run");
        });
    }

    private static string List(IEnumerable<int> values) =>
        string.Join(", ", values.Distinct().Order().Select(value => value.ToString(CultureInfo.InvariantCulture)));
}

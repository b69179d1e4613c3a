using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;

namespace Samples.Paper.Report;

/// <summary>The complete report as a single self-contained HTML page: no script, no network, no other file.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">The runs; at least one.</param>
    /// <param name="findings">The findings on the claims.</param>
    public static string Of(IReadOnlyList<RunResult> results, IReadOnlyList<ClaimFinding> findings)
    {
        ILookup<string, Comparison> experiments = Comparison.Of(results).ToLookup(comparison => comparison.Setting.Experiment);
        var html = new HtmlBuilder();
        html.Raw("<!DOCTYPE html>\n").Element("html", [("lang", "en")], () =>
        {
            html.Element("head", [], () => WriteHead(html));
            html.Element("body", [], () =>
            {
                html.Element("header", [], () => WriteHeader(html, experiments));
                html.Element("main", [], () =>
                {
                    OverviewSection.Write(html, results);
                    foreach (IGrouping<string, Comparison> experiment in experiments)
                        ExperimentSection.Write(html, experiment.Key, experiment);
                    ClaimsSection.Write(html, findings);
                });
            });
        });
        return html.ToString();
    }

    private static void WriteHead(HtmlBuilder html)
    {
        html.Shape("meta", ("charset", "utf-8"));
        html.Shape("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Shape("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", "Fixed Parameter Expansion, measured");
        html.Element("style", [], () => html.Raw(Stylesheet.Text));
    }

    private static void WriteHeader(HtmlBuilder html, ILookup<string, Comparison> experiments)
    {
        html.Element("h1", "Fixed Parameter Expansion, measured");
        html.Element("p", "Each neuron is replaced by several children whose incoming edges partition its own, so that the network gets wider and its non-zero weights stay as many (Kong et al., arXiv 2510.04500). Every network here stands beside its dense parent: same data, same seed, same initial weights, trained for as long.");
        html.Element("nav", [], () =>
        {
            foreach (string id in (string[])["overview", .. experiments.Select(experiment => experiment.Key), "claims"])
                html.Element("a", id, ("href", $"#{id}"));
        });
    }
}

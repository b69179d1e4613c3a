using System.Text;
using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;

namespace Samples.Paper.Report;

/// <summary>
/// The complete report as a single self-contained HTML page: no script, no network, no other file. The verdict comes first.
/// </summary>
internal static class ReportPage
{
    /// <summary>Title of the page.</summary>
    public const string Title = "Fixed Parameter Expansion, measured";

    /// <summary>Writes the page to a file.</summary>
    /// <inheritdoc cref="Of"/>
    public static void Write(Stream stream, IReadOnlyList<RunResult> results, IReadOnlyList<ClaimFinding> findings, Provenance provenance) =>
        stream.Write(Encoding.UTF8.GetBytes(Of(results, findings, provenance)));

    /// <summary>Returns the page.</summary>
    /// <param name="results">The runs; at least one.</param>
    /// <param name="findings">The findings on the claims.</param>
    /// <param name="provenance">Where the report comes from.</param>
    public static string Of(IReadOnlyList<RunResult> results, IReadOnlyList<ClaimFinding> findings, Provenance provenance)
    {
        ILookup<string, Comparison> experiments = Comparison.Of(results).ToLookup(comparison => comparison.Setting.Experiment);
        var html = new HtmlBuilder();
        html.Raw("<!DOCTYPE html>\n").Element("html", [("lang", "en")], () =>
        {
            html.Element("head", [], () => WriteHead(html));
            html.Element("body", [], () =>
            {
                html.Element("header", [], () => html.Element("h1", Title));
                html.Element("main", [], () =>
                {
                    VerdictSection.Write(html, experiments, findings, provenance.Source);
                    WriteContents(html, experiments);
                    OverviewSection.Write(html, results);
                    foreach (IGrouping<string, Comparison> experiment in experiments)
                        ExperimentSection.Write(html, experiment.Key, experiment, provenance.Source);
                    ClaimsSection.Write(html, findings);
                    ProvenanceSection.Write(html, provenance, results.Count);
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
        html.Element("title", Title);
        html.Element("style", [], () => html.Raw(Stylesheet.OfPage));
    }

    private static void WriteContents(HtmlBuilder html, ILookup<string, Comparison> experiments) => html.Element("section", [("id", "contents")], () =>
    {
        html.Element("h2", "What is compared");
        html.Element("p", "Each neuron is replaced by several children whose incoming edges partition its own, so that the network gets wider and its non-zero weights stay as many (Kong et al., arXiv 2510.04500). Every network here stands beside its dense parent: same data, same seed, same initial weights, trained for as long.");
        html.Element("nav", [("aria-label", "Sections")], () =>
        {
            foreach (string id in (string[])["verdict", "overview", .. experiments.Select(experiment => experiment.Key), "claims", "origin"])
                html.Element("a", id, ("href", $"#{id}"));
        });
    });
}

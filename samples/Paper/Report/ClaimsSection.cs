using System.Globalization;
using Samples.Paper.Claims;
using Samples.Paper.Report.Html;
using Samples.Paper.Tables;

namespace Samples.Paper.Report;

/// <summary>The claims table.</summary>
internal static class ClaimsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<ClaimFinding> findings) =>
        html.Element("section", [("id", "claims")], () =>
        {
            html.Element("h2", "Claims");
            if (findings.Any(finding => finding.Effect is not null))
                WriteTable(html, findings.Where(finding => finding.Effect is not null));
            if (ClaimsTable.Untested(findings) is { } untested)
                html.Element("p", untested);
        });

    private static void WriteTable(HtmlBuilder html, IEnumerable<ClaimFinding> tested)
    {
        html.Element("p", "Each claim on each task, and what the runs say of it. A claim is reproduced if the 95 % confidence interval of its effect is where the rule in the last column wants it, contradicted if all of the interval is elsewhere, and else undecided; then the last but one column says how many seeds (for a correlation: pairs of runs) would decide at the spread that was observed. Effects are means of differences seed by seed.");
        html.Element("div", [("class", "scroll")], () => html.Element("table", [("class", "claims")], () =>
        {
            html.Element("thead", [], () => html.Element("tr", [], () =>
            {
                foreach (string head in (string[])["claim", "by", "task", "finding", "effect", "95 % interval", "seeds", "would decide", "rule"])
                    html.Element("th", head);
            }));
            html.Element("tbody", [], () =>
            {
                foreach (ClaimFinding finding in tested)
                    html.Element("tr", [], () => WriteRow(html, finding, finding.Effect!));
            });
        }));
    }

    private static void WriteRow(HtmlBuilder html, ClaimFinding finding, Effect effect)
    {
        html.Element("td", finding.Claim);
        html.Element("td", finding.Origin == ClaimOrigin.Paper ? "the paper" : "us");
        html.Element("td", finding.Task);
        string style = finding.Verdict switch
        {
            Verdict.Reproduced => "yes",
            Verdict.Contradicted => "no",
            _ => "open",
        };
        html.Element("td", [], () => html.Element("span", ClaimsTable.Words(finding.Verdict), ("class", $"verdict {style}")));
        html.Element("td", $"{Signed(effect.Mean)} {effect.Unit}", ("class", "number"));
        html.Element("td", $"{Signed(effect.Low)} to {Signed(effect.High)}", ("class", "number"));
        html.Element("td", effect.Count.ToString(CultureInfo.InvariantCulture), ("class", "number"));
        html.Element("td", ClaimsTable.NeededBy(finding), ("class", "number"));
        html.Element("td", finding.Rule);
    }

    private static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}

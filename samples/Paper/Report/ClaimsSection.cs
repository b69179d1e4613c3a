using System.Globalization;
using Samples.Paper.Claims;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report;

/// <summary>The claims table.</summary>
internal static class ClaimsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<ClaimFinding> findings) =>
        html.Element("section", [("id", "claims")], () =>
        {
            html.Element("h2", "Claims");
            html.Element("p", "Each claim on each task, and what the runs say of it. A claim is held to the rule in the last column; effects are means of differences seed by seed, with 95 % confidence intervals.");
            html.Element("div", [("class", "scroll")], () => html.Element("table", [("class", "claims")], () =>
            {
                html.Element("thead", [], () => html.Element("tr", [], () =>
                {
                    foreach (string head in (string[])["claim", "by", "task", "finding", "effect", "95 % interval", "seeds", "rule"])
                        html.Element("th", head);
                }));
                html.Element("tbody", [], () =>
                {
                    foreach (ClaimFinding finding in findings)
                        html.Element("tr", [], () => WriteRow(html, finding));
                });
            }));
        });

    private static void WriteRow(HtmlBuilder html, ClaimFinding finding)
    {
        html.Element("td", finding.Claim);
        html.Element("td", finding.Origin == ClaimOrigin.Paper ? "the paper" : "us");
        html.Element("td", finding.Task);
        (string style, string word) = finding.Verdict switch
        {
            Verdict.Reproduced => ("yes", "reproduced"),
            Verdict.NotReproduced => ("no", "not reproduced"),
            _ => ("open", "not tested"),
        };
        html.Element("td", [], () => html.Element("span", word, ("class", $"verdict {style}")));
        Effect? effect = finding.Effect;
        html.Element("td", effect is null ? "" : $"{Signed(effect.Mean)} {effect.Unit}", ("class", "number"));
        html.Element("td", effect is null ? "" : $"{Signed(effect.Low)} to {Signed(effect.High)}", ("class", "number"));
        html.Element("td", effect is null ? "" : effect.Count.ToString(CultureInfo.InvariantCulture), ("class", "number"));
        html.Element("td", finding.Rule);
    }

    private static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}

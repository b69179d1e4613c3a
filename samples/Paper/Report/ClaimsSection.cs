using Samples.Paper.Claims;
using Samples.Paper.Report.Html;
using Samples.Paper.Tables;

namespace Samples.Paper.Report;

/// <summary>The claims table.</summary>
internal static class ClaimsSection
{
    // Finding and effect come first, so that a narrow screen shows them.
    private static readonly (string Head, string Style)[] Columns =
    [
        ("finding", "verdict-cell"), ("effect", "number effect"), ("95 % interval", "number"), ("claim", "claim"), ("task", "task"), ("by", "origin"),
        ("seeds", "number"), ("would decide", "number"), ("rule", "rule"),
    ];

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
        html.Element("p", "Each claim on each task, and what the runs say of it. A claim is reproduced if the 95 % confidence interval of its effect is where its rule wants it, contradicted if all of the interval is elsewhere, and otherwise undecided; “would decide” is then the number of seeds (for a correlation: of pairs of runs) that would decide at the observed spread. Effects are means of differences seed by seed.");
        html.ScrollingTable("Claims and findings", "claims", () =>
        {
            html.Element("thead", [], () => html.Element("tr", [], () =>
            {
                foreach ((string head, _) in Columns)
                    html.Element("th", head);
            }));
            html.Element("tbody", [], () =>
            {
                foreach (ClaimFinding finding in tested)
                    html.Element("tr", [], () => WriteRow(html, finding, finding.Effect!));
            });
        });
    }

    private static void WriteRow(HtmlBuilder html, ClaimFinding finding, Effect effect)
    {
        string style = finding.Verdict switch
        {
            Verdict.Reproduced => "yes",
            Verdict.Contradicted => "no",
            _ => "open",
        };
        Cell(0, () => html.Element("span", ClaimsTable.Words(finding.Verdict), ("class", $"verdict {style}")));
        string[] cells =
        [
            $"{Numbers.WithSign(effect.Mean)} {effect.Unit}", $"{Numbers.WithSign(effect.Low)} to {Numbers.WithSign(effect.High)}", finding.Claim, finding.Task,
            finding.Origin == ClaimOrigin.Paper ? "the paper" : "us", Numbers.Count(effect.Count),
            ClaimsTable.NeededBy(finding), finding.Rule,
        ];
        for (int c = 0; c < cells.Length; c++)
        {
            string text = cells[c];
            Cell(c + 1, () => html.Text(text));
        }

        // On a phone, where a row is a card, each cell names its column.
        void Cell(int column, Action content) =>
            html.Element("td", [("class", Columns[column].Style), ("data-head", Columns[column].Head)], content);
    }
}

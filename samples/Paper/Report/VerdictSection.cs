using Fpe.Numerics;
using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;
using Samples.Paper.Report.Figures;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;
using Samples.Paper.Tables;

namespace Samples.Paper.Report;

/// <summary>What the runs say in short: whether splits and learned edges are better than the dense parent, and by how much.</summary>
internal static class VerdictSection
{
    private static readonly (Method Method, string Name)[] Headlines = [(Method.Random, "random split"), (Method.Learned, "learned edges")];

    /// <summary>Writes the section.</summary>
    /// <param name="html">Receives the section.</param>
    /// <param name="experiments">The comparisons by experiment.</param>
    /// <param name="findings">The findings on the claims.</param>
    /// <param name="source">Where the figure comes from.</param>
    public static void Write(HtmlBuilder html, ILookup<string, Comparison> experiments, IReadOnlyList<ClaimFinding> findings, string source)
    {
        Headline[] headlines = [.. experiments.SelectMany(Of)];
        html.Element("section", [("id", "verdict")], () =>
        {
            html.Element("h2", "Verdict");
            if (headlines.Length == 0)
                html.Element("p", "No split and no network with learned edges was run with its dense parent, so there is no verdict.");
            else
                html.Element("ul", [("class", "verdicts")], () => Array.ForEach(headlines, headline => Write(html, headline)));
            html.Element("p", [], () => html.Text(ClaimsTable.Tally(findings)).Text(" ").Element("a", "All claims", ("href", "#claims")));
            if (headlines.Length > 0)
                html.Element("div", [("class", "figures")], () => FigureOf(headlines).Write(html, new FigureOrigin("all experiments", "verdict", source)));
        });
    }

    private static IEnumerable<Headline> Of(IGrouping<string, Comparison> experiment)
    {
        IReadOnlyList<ComparedGround> grounds = ComparedGround.Of(experiment);
        foreach ((Method method, string name) in Headlines)
        {
            // Factors are settings here, so that nobody picks the best one.
            Comparison[] compared = [.. grounds.SelectMany(ground => ground.Comparisons.Where(comparison => Ways.Is(method)(comparison.Variant) && comparison.Gain is not null && ground.IsUsual(comparison.Variant)))];
            if (compared.Length > 0 && MeanGain.Of(compared) is { } gain)
                yield return new Headline(experiment.Key, name, gain);
        }
    }

    private static void Write(HtmlBuilder html, Headline headline) => html.Element("li", [], () =>
    {
        (string words, string style) = headline.Verdict;
        html.Element("strong", $"{Numbers.WithSign(headline.Gain.Mean)} points").Text(" ").Element("span", words, ("class", $"verdict {style}"));
        html.Element("small", $"{headline.Name}: {headline.Interval}");
    });

    private static Figure FigureOf(IReadOnlyList<Headline> headlines)
    {
        var data = new DataTable("experiment", "network", "seeds", "gain in points", "95 % margin");
        foreach (Headline headline in headlines)
            data.Add(headline.Experiment, headline.Network, headline.Gain.Count, headline.Gain.Mean, headline.Gain.Margin95);
        return new Figure
        {
            Title = "Gain over the dense parent in all experiments",
            Caption = "Points of test accuracy over the dense parent with as many weights, trained for as long: means over seeds, and over all widths, factors and tasks of the experiment; bars and brackets are 95 % confidence intervals (Student's t) over at least two seeds.",
            Data = data,
            Drawing = IntervalChart.Of("Mean gain over the dense parent in all experiments", "gain in points", [.. headlines.Select(headline => (headline.Name, MeanGains.PointOf(headline.Gain)))]),
        };
    }

    private sealed record Headline(string Experiment, string Network, SampleStatistics Gain)
    {
        public string Name => $"{Experiment}, {Network}";

        public string Interval => Gain.Count == 1
            ? "one seed, so the spread is unknown"
            : FormattableString.Invariant($"95 % interval {Numbers.WithSign(Gain.Mean - Gain.Margin95)} to {Numbers.WithSign(Gain.Mean + Gain.Margin95)}, {Gain.Count} seeds");

        public (string Words, string Style) Verdict => Gain switch
        {
            { Count: 1 } => ("undecided", "open"),
            _ when Gain.Mean - Gain.Margin95 > 0 => ("better than dense", "yes"),
            _ when Gain.Mean + Gain.Margin95 < 0 => ("worse than dense", "no"),
            _ => ("no clear difference", "open"),
        };
    }
}

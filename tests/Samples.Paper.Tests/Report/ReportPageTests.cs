using System.Xml.Linq;
using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Report;
using Samples.Paper.Report.Charts;
using Samples.Paper.Report.Html;
using Samples.Paper.Results;
using Samples.Paper.Tables;

namespace Samples.Paper.Tests.Report;

public class ReportPageTests
{
    private static readonly int[] Widths = [8, 16, 32];

    [Fact]
    public void Every_element_is_closed_and_every_number_is_one()
    {
        XElement page = Page(Results());
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
        Assert.Equal(["What was run", "fashion", "Claims"], page.Descendants("h2").Select(head => head.Value));
    }

    [Fact]
    public void Claims_that_nothing_was_run_for_are_one_line()
    {
        RunResult[] results = Results();
        int untested = Claim.Examine(new RunTable(results)).Count(finding => finding.Verdict == Verdict.NotTested);
        XElement section = Page(results).Descendants("section").Single(section => section.Attribute("id")?.Value == "claims");

        Assert.DoesNotContain("not tested", section.Value, StringComparison.Ordinal);
        Assert.Equal($"{untested} claims are left out, since there are too few runs to test them.", section.Elements("p").Last().Value);
    }

    [Fact]
    public void Without_a_claim_that_is_tested_there_is_the_line_alone()
    {
        RunResult[] results = [.. Results().Where(result => result.Configuration.Seed == 0)];
        XElement section = Page(results).Descendants("section").Single(section => section.Attribute("id")?.Value == "claims");

        Assert.Null(ClaimsTable.Create(Claim.Examine(new RunTable(results))));
        Assert.Equal(["h2", "p"], section.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Numbers_are_behind_the_figure()
    {
        XElement figure = Page(Results()).Descendants("figure").First(figure => figure.Element("h4")!.Value == "Gain against width");
        string[] row = [.. figure.Descendants("tbody").Single().Elements("tr").First().Elements("td").Select(cell => cell.Value)];

        // Gains of 2 and 4 points: 3 ± 12.706 · √2 / √2
        Assert.Equal(["random × 2", "8", "2", "3", "12.7062"], row);
    }

    [Fact]
    public void Widths_and_gains_are_drawn_where_the_axes_say()
    {
        XElement chart = Page(Results()).Descendants("figure").First(figure => figure.Element("h4")!.Value == "Gain against width").Element("svg")!;
        double[] ticks = [.. chart.Elements("text").Where(text => Widths.Any(width => text.Value == $"{width}")).Select(text => (double)text.Attribute("x")!)];
        Assert.Equal(3, ticks.Length);
        // Doublings are equally far apart.
        Assert.Equal(ticks[1] - ticks[0], ticks[2] - ticks[1], 0.02);

        double[] marks = [.. chart.Descendants("rect").Select(mark => (double)mark.Attribute("x")! + 3.5)];
        Assert.Equal(ticks, marks, (expected, actual) => Math.Abs(expected - actual) < 0.02);
        Assert.Single(chart.Descendants("rect").Select(mark => (string)mark.Attribute("y")!).Distinct());
    }

    [Fact]
    public void Runs_that_diverged_are_counted_and_not_drawn()
    {
        RunResult[] results = [.. Results(), MadeUp.Diverged(MadeUp.Fashion with { Width = 8 }, MadeUp.Expanded(Method.Random), seed: 2)];
        XElement[] overview = [.. Page(results).Descendants("section").First().Descendants("tbody").Single().Element("tr")!.Elements("td")];
        Assert.Equal(["fashion", "13", "1"], overview.Take(3).Select(cell => cell.Value));
    }

    [Fact]
    public void Points_that_are_no_numbers_are_left_out_of_charts()
    {
        // The dense parent has no capacity to divide by.
        RunResult[] results = [.. Results().Select(result => result.Configuration is { Seed: 1, Variant.IsDense: true }
            ? result with { Measurement = result.Measurement! with { Interference = result.Measurement.Interference with { Capacity = 0 } } }
            : result)];
        XElement page = Page(results);
        XElement chart = page.Descendants("figure").First(figure => figure.Element("h4")!.Value == "Gain against the change of feature capacity").Element("svg")!;

        Assert.Equal(Widths.Length, chart.Descendants("title").Count());
        Assert.DoesNotContain(page.Descendants("svg").DescendantsAndSelf().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞'));
    }

    [Fact]
    public void An_interval_chart_leaves_out_rows_that_are_no_numbers()
    {
        var html = new HtmlBuilder();
        IntervalChart.Draw(html, "gains", "points", [("one", new Point(0, 1, 0, 2)), ("other", new Point(0, double.NaN, 0, 0)), ("third", new Point(0, 1, 1, double.PositiveInfinity))]);

        XElement chart = XElement.Parse(html.ToString());
        Assert.Equal("one: 1", Assert.Single(chart.Descendants("title")).Value);
        Assert.DoesNotContain("NaN", html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Learned_edges_are_among_the_strategies_whenever_others_are_split()
    {
        RunResult[] results = [.. Results(), .. Widths.SelectMany(width => new long[] { 0, 1 }.Select(seed => MadeUp.Of(MadeUp.Fashion with { Width = width }, MadeUp.Expanded(Method.Learned, 16, after: 0), seed, 90)))];
        XElement figure = Page(results).Descendants("figure").First(figure => figure.Element("h4")!.Value == "Strategies and controls, 8 neurons");

        Assert.Equal(["random × 2", "learned × 16"], figure.Descendants("tbody").Single().Elements("tr").Select(row => row.Element("td")!.Value));
    }

    [Fact]
    public void Text_is_escaped()
    {
        RunResult[] results = [.. Results().Select(result => result with
        {
            Configuration = result.Configuration with { Setting = result.Configuration.Setting with { Data = "<b>&\"" } },
        })];
        Assert.StartsWith("<b>&\"", Page(results).Descendants("h3").First().Value, StringComparison.Ordinal);
    }

    private static RunResult[] Results() =>
    [
        .. from width in Widths
           from seed in (long[])[0, 1]
           let setting = MadeUp.Fashion with { Width = width }
           from result in (RunResult[])
           [
               MadeUp.Of(setting, Variant.Dense, seed, percent: 80),
               MadeUp.Of(setting, MadeUp.Expanded(Method.Random), seed, percent: 82 + (2 * seed), capacity: 0.2),
           ]
           select result,
    ];

    private static XElement Page(IReadOnlyList<RunResult> results)
    {
        string page = ReportPage.Of(results, Claim.Examine(new RunTable(results)));
        return XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}

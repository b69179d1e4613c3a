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
        Assert.Equal(["Verdict", "What is compared", "What was run", "fashion", "Claims", "Origin"], page.Descendants("h2").Select(head => head.Value));
    }

    [Fact]
    public void Claims_that_nothing_was_run_for_are_one_line()
    {
        RunResult[] results = Results();
        int untested = Claim.Examine(new RunTable(results)).Count(finding => finding.Verdict == Verdict.NotTested);
        XElement section = Section(Page(results), "claims");

        Assert.DoesNotContain("not tested", section.Value, StringComparison.Ordinal);
        Assert.Equal($"{untested} claims are left out, since there are too few runs to test them.", section.Elements("p").Last().Value);
    }

    [Fact]
    public void Without_a_claim_that_is_tested_there_is_the_line_alone()
    {
        RunResult[] results = [.. Results().Where(result => result.Configuration.Seed == 0)];
        XElement section = Section(Page(results), "claims");

        Assert.Null(ClaimsTable.Create(Claim.Examine(new RunTable(results))));
        Assert.Equal(["h2", "p"], section.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Numbers_are_behind_the_figure()
    {
        XElement figure = Figure(Page(Results()), "Gain against width");
        string[] row = [.. figure.Descendants("tbody").Single().Elements("tr").First().Elements("td").Select(cell => cell.Value)];

        // Gains of 2 and 4 points: 3 ± 12.706 · √2 / √2
        Assert.Equal(["random × 2", "8", "2", "3", "12.7062"], row);
    }

    [Fact]
    public void Widths_and_gains_are_drawn_where_the_axes_say()
    {
        XElement chart = Figure(Page(Results()), "Gain against width").Element("svg")!;
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
        XElement[] overview = [.. Section(Page(results), "overview").Descendants("tbody").Single().Element("tr")!.Elements("td")];
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
        XElement chart = Figure(page, "Gain against the change of feature capacity").Element("svg")!;

        Assert.Equal(Widths.Length, chart.Descendants("title").Count());
        Assert.DoesNotContain(page.Descendants("svg").DescendantsAndSelf().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞'));
    }

    [Fact]
    public void An_interval_chart_leaves_out_rows_that_are_no_numbers()
    {
        var html = new HtmlBuilder();
        IntervalChart.Of("gains", "points", [("one", new Point(0, 1, 0, 2)), ("other", new Point(0, double.NaN, 0, 0)), ("third", new Point(0, 1, 1, double.PositiveInfinity))]).Write(html);

        XElement chart = XElement.Parse(html.ToString());
        Assert.Equal("one: +1.00 [0.00, +2.00]", Assert.Single(chart.Descendants("title")).Value);
        Assert.DoesNotContain("NaN", html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Learned_edges_are_among_the_strategies_whenever_others_are_split()
    {
        RunResult[] results = [.. Results(), .. Widths.SelectMany(width => new long[] { 0, 1 }.Select(seed => MadeUp.Of(MadeUp.Fashion with { Width = width }, MadeUp.Expanded(Method.Learned, 16, after: 0), seed, 90)))];
        XElement figure = Figure(Page(results), "Strategies and controls, 8 neurons");

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

    [Fact]
    public void The_verdict_comes_first_with_the_effect_and_its_interval()
    {
        XElement first = Page(Results()).Descendants("section").First();
        Assert.Equal("verdict", first.Attribute("id")!.Value);

        // Gains of 2 and 4 points at each of three widths: 3 ± 12.706.
        XElement line = Assert.Single(Assert.Single(first.Elements("ul")).Elements());
        Assert.Equal("+3.00 points", line.Element("strong")!.Value);
        Assert.Equal(("no clear difference", "verdict open"), (line.Element("span")!.Value, line.Element("span")!.Attribute("class")!.Value));
        Assert.Equal("fashion, random split: 95 % interval −9.71 to +15.71, 2 seeds", line.Element("small")!.Value);
        Assert.Equal("No claim was tested: that needs at least three seeds. All claims", first.Elements("p").First().Value);
    }

    [Theory]
    [InlineData(84, "better than dense", "verdict yes")]
    [InlineData(76, "worse than dense", "verdict no")]
    public void A_verdict_is_clear_where_the_interval_is(double percent, string words, string style)
    {
        RunResult[] results =
        [
            .. from seed in (long[])[0, 1, 2]
               from result in (RunResult[])[MadeUp.Of(MadeUp.Fashion, Variant.Dense, seed, 80), MadeUp.Of(MadeUp.Fashion, MadeUp.Expanded(Method.Random), seed, percent + (0.1 * seed))]
               select result,
        ];
        XElement page = Page(results);
        XElement verdict = Section(page, "verdict").Element("ul")!.Element("li")!.Element("span")!;

        Assert.Equal((words, style), (verdict.Value, verdict.Attribute("class")!.Value));
        Assert.StartsWith("Claims tested: ", Section(page, "verdict").Elements("p").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_is_no_verdict()
    {
        XElement line = Section(Page([.. Results().Where(result => result.Configuration.Seed == 0)]), "verdict").Element("ul")!.Element("li")!;
        Assert.Equal(("undecided", "fashion, random split: one seed, so the spread is unknown"), (line.Element("span")!.Value, line.Element("small")!.Value));
    }

    [Fact]
    public void Without_a_dense_parent_there_is_no_verdict_and_no_main_picture()
    {
        XElement page = Page([.. Results().Where(result => !result.Configuration.Variant.IsDense)]);
        Assert.Empty(Section(page, "verdict").Elements("ul"));
        Assert.StartsWith("No split and no network with learned edges", Section(page, "verdict").Element("p")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Gain over the dense parent", Section(page, "fashion").Descendants("h4").Select(title => title.Value));
    }

    [Fact]
    public void Every_experiment_begins_with_the_mean_of_each_network_and_its_interval()
    {
        RunResult[] results = [.. Results(), .. Widths.SelectMany(width => new long[] { 0, 1 }.Select(seed => MadeUp.Of(MadeUp.Fashion with { Width = width }, MadeUp.Expanded(Method.Learned, 16, after: 0), seed, 90)))];
        XElement figure = Section(Page(results), "fashion").Descendants("figure").First();

        Assert.Equal("Gain over the dense parent", figure.Element("h4")!.Value);
        Assert.Equal(
            [["random × 2", "3", "2", "83", "3", "12.7062"], ["learned × 16", "3", "2", "90", "10", "0"]],
            figure.Descendants("tbody").Single().Elements("tr").Select(row => row.Elements("td").Select(cell => cell.Value).ToArray()));
        Assert.Equal(["random × 2: +3.00 [−9.71, +15.71]", "learned × 16: +10.00"], figure.Element("svg")!.Descendants("title").Select(note => note.Value));
    }

    [Fact]
    public void A_scatter_chart_has_a_regression_line_and_r()
    {
        // y = 1, 3, 2, 4 over x = 0, 1, 2, 3: slope 0.8, r = 0.8, from 1.3 to 3.7.
        Point[] points = [Point.At(0, 1), Point.At(1, 3), Point.At(2, 2), Point.At(3, 4)];
        Trend trend = Trend.Of(points)!;
        Assert.Equal((1.3, 3.7), (Math.Round(trend.Start.Y, 10), Math.Round(trend.End.Y, 10)));
        Assert.Equal("regression: r = 0.80 [−0.70, 1.00], 4 runs", trend.Text);

        var html = new HtmlBuilder();
        html.Element("div", [], () => ScatterChart.Of("pairs", "x", "y", [new Series("one", 0, points[..2]), new Series("other", 1, points[2..])], includeZero: false).Write(html));
        XElement chart = XElement.Parse(html.ToString());
        Assert.Equal(["one", "other", trend.Text], chart.Element("ul")!.Elements().Select(entry => entry.Value.Trim()));
        XElement line = Assert.Single(chart.Element("svg")!.Elements("line"), line => line.Attribute("class")!.Value == "trend");

        // Ticks of y from 1 to 4 are where the line's ends are measured from.
        double At(double value) => TickOf(chart, "1") + ((TickOf(chart, "4") - TickOf(chart, "1")) * (value - 1) / 3);
        Assert.Equal((At(1.3), At(3.7)), ((double)line.Attribute("y1")!, (double)line.Attribute("y2")!), (expected, actual) => Math.Abs(expected.Item1 - actual.Item1) < 0.05 && Math.Abs(expected.Item2 - actual.Item2) < 0.05);

        static double TickOf(XElement chart, string label) => (double)chart.Descendants("text").First(text => text.Value == label && text.Attribute("class")!.Value == "tick end").Attribute("y")! - 4;
    }

    [Theory]
    [InlineData(0.0, 1.0, 2.0)]
    [InlineData(5.0, 5.0, 5.0, 5.0, 5.0)]
    public void Too_few_pairs_and_constants_have_no_regression_line(params double[] y)
    {
        Assert.Null(Trend.Of([.. y.Select((value, x) => Point.At(x, value))]));
    }

    [Fact]
    public void Matrices_have_axes_and_a_scale_with_numbers()
    {
        var picture = new MatrixPicture { MatrixRows = 128, MatrixColumns = 8, Rows = 64, Columns = 8, Cells = [-1.5f, .. Enumerable.Repeat(0.5f, 511)] };
        var html = new HtmlBuilder();
        HeatMap.Of("weights", ("neuron", "input", "weight"), [("dense", picture)]).Write(html);
        XElement chart = XElement.Parse(html.ToString());

        Assert.Equal(["dense", "input", "neuron", "weight"], chart.Elements("text").Where(text => text.Attribute("class")!.Value.StartsWith("axis", StringComparison.Ordinal)).Select(text => text.Value));
        Assert.Equal(["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100", "110", "120"], Texts("tick end"));
        Assert.Equal(["0", "−1.5", "−0.75", "0", "0.75", "1.5"], Texts("tick middle"));

        // The cell of −1.5 has the full colour, and 0.5 a third of it, as on the scale.
        Assert.Equal([("negative", "1"), ("positive", "0.33")], chart.Descendants("path").Select(path => (path.Attribute("class")!.Value, path.Attribute("opacity")!.Value)));

        IEnumerable<string> Texts(string style) => chart.Elements("text").Where(text => text.Attribute("class")!.Value == style).Select(text => text.Value);
    }

    [Fact]
    public void A_figure_is_saved_as_a_file_that_needs_nothing_else()
    {
        XElement figure = Figure(Page(Results()), "Gain against width");
        XElement link = figure.Elements("p").Single(p => p.Attribute("class")!.Value == "save").Element("a")!;
        Assert.Equal("fashion-gain-against-width.svg", link.Attribute("download")!.Value);

        const string Begin = "data:image/svg+xml;charset=utf-8,";
        string address = link.Attribute("href")!.Value;
        Assert.StartsWith(Begin, address, StringComparison.Ordinal);
        string text = Uri.UnescapeDataString(address[Begin.Length..]);
        Assert.DoesNotContain("var(", text, StringComparison.Ordinal);
        XElement file = XElement.Parse(text);

        string[] lines = [.. file.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal("Gain against width", lines[0]);
        Assert.StartsWith("fashion: 60,000 samples, 50 epochs", lines[1], StringComparison.Ordinal);
        Assert.Contains("random × 2", lines);
        Assert.Equal("Fpe 1.2.3+abc, Paper tables --results 'my runs.jsonl', 2026-11-29", string.Join(' ', lines[^2..]));

        // The drawing is that of the page.
        Assert.Equal(figure.Element("svg")!.Descendants("polyline").Single().Attribute("points")!.Value, file.Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value);
    }

    [Fact]
    public void The_report_says_where_it_comes_from()
    {
        XElement origin = Section(Page(Results()), "origin");
        Assert.Equal(
            ["Fpe 1.2.3+abc", "Paper tables --results 'my runs.jsonl'", "2026-11-29", "A processor, 2 logical processors", ".NET, Linux", "5 of 12 were trained by this command; the others were in the results file, which does not name the machine"],
            origin.Element("dl")!.Elements("dd").Select(value => value.Value));
        Assert.Equal("Fixed Parameter Expansion, measured. Fpe 1.2.3+abc, Paper tables --results 'my runs.jsonl', 2026-11-29, A processor, 2 logical processors.", origin.Element("blockquote")!.Value);

        var here = Provenance.OfThisProcess(trained: 1);
        Assert.StartsWith(typeof(Model).Assembly.GetName().Version!.ToString(3), here.Version, StringComparison.Ordinal);
        Assert.NotEmpty(here.Processor);
    }

    private static XElement Section(XElement page, string id) => page.Descendants("section").Single(section => section.Attribute("id")?.Value == id);

    private static XElement Figure(XElement page, string title) => page.Descendants("figure").First(figure => figure.Element("h4")!.Value == title);

    private static XElement Page(IReadOnlyList<RunResult> results)
    {
        string page = ReportPage.Of(results, Claim.Examine(new RunTable(results)), MadeUp.Provenance);
        return XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}

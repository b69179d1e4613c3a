using Samples.Paper.Report.Html;
using Samples.Paper.Tables;

namespace Samples.Paper.Report;

/// <summary>Where the report comes from, and how to cite it.</summary>
internal static class ProvenanceSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Receives the section.</param>
    /// <param name="provenance">Where the report comes from.</param>
    /// <param name="runs">The number of its runs.</param>
    public static void Write(HtmlBuilder html, Provenance provenance, int runs) => html.Element("section", [("id", "origin")], () =>
    {
        html.Element("h2", "Origin");
        html.Element("dl", [], () =>
        {
            Line("version", "Fpe " + provenance.Version);
            html.Element("dt", "command line").Element("dd", [], () => html.Element("code", provenance.CommandLine));
            Line("date", provenance.Day);
            Line("processor", provenance.Processor);
            Line("system", provenance.System);
            Line("runs", Trained(provenance.Trained, runs));
        });
        html.Element("p", "To cite this report:");
        html.Element("blockquote", $"{ReportPage.Title}. {provenance.Source}, {provenance.Processor}.");
        html.Element("p", "Figures of the paper: Kong et al., Expand Neurons, Not Parameters, arXiv 2510.04500.");

        void Line(string name, string value) => html.Element("dt", name).Element("dd", value);
    });

    private static string Trained(int trained, int runs) => trained == runs
        ? $"all {Numbers.Count(runs)} were trained by this command"
        : $"{Numbers.Count(trained)} of {Numbers.Count(runs)} were trained by this command; the others were in the results file, which does not name the machine";
}

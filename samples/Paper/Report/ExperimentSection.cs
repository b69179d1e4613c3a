using Samples.Paper.Comparisons;
using Samples.Paper.Report.Figures;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report;

/// <summary>The figures of one experiment, task by task.</summary>
internal static class ExperimentSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Receives the section.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <param name="comparisons">Its comparisons.</param>
    public static void Write(HtmlBuilder html, string experiment, IEnumerable<Comparison> comparisons)
    {
        IReadOnlyList<ComparedGround> grounds = ComparedGround.Of(comparisons);
        html.Element("section", [("id", experiment)], () =>
        {
            html.Element("h2", experiment);
            if (Gains.ByClauses(grounds) is { } byClauses)
                byClauses.Write(html);
            foreach (ComparedGround ground in grounds)
            {
                html.Element("h3", ground.Name);
                foreach (Figure figure in FiguresOf(ground))
                    figure.Write(html);
            }
        });
    }

    private static IEnumerable<Figure> FiguresOf(ComparedGround ground) =>
    [
        .. AccuracyByWidth.Of(ground),
        .. Gains.Of(ground),
        .. AllVariants.Of(ground),
        .. Coverage.Of(ground),
        .. InterferenceAgainstGain.Of(ground),
        .. CapacityHistograms.Of(ground),
        .. LayerMaps.Of(ground),
    ];
}

using Samples.Paper.Comparisons;
using Samples.Paper.Report.Figures;
using Samples.Paper.Report.Html;

namespace Samples.Paper.Report;

/// <summary>The figures of one experiment: the main picture, then task by task.</summary>
internal static class ExperimentSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Receives the section.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <param name="comparisons">Its comparisons.</param>
    /// <param name="source">Where the figures come from.</param>
    public static void Write(HtmlBuilder html, string experiment, IEnumerable<Comparison> comparisons, string source)
    {
        IReadOnlyList<ComparedGround> grounds = ComparedGround.Of(comparisons);
        bool hasOneSetting = grounds is [{ Widths.Count: 1 }];
        html.Element("section", [("id", experiment)], () =>
        {
            html.Element("h2", experiment);
            WriteFigures(html, new Figure?[] { MeanGains.Of(grounds), Gains.ByClauses(grounds) }.OfType<Figure>(), new FigureOrigin(experiment, experiment, source));
            for (int g = 0; g < grounds.Count; g++)
            {
                html.Element("h3", grounds[g].Name);
                string name = grounds.Count == 1 ? experiment : FormattableString.Invariant($"{experiment}-{g + 1}");
                WriteFigures(html, FiguresOf(grounds[g], hasOneSetting), new FigureOrigin($"{experiment}: {grounds[g].Name}", name, source));
            }
        });
    }

    private static void WriteFigures(HtmlBuilder html, IEnumerable<Figure> figures, FigureOrigin origin) =>
        html.Element("div", [("class", "figures")], () =>
        {
            foreach (Figure figure in figures)
                figure.Write(html, origin);
        });

    // The main picture of a single setting has all of its variants.
    private static IEnumerable<Figure> FiguresOf(ComparedGround ground, bool hasOneSetting) =>
    [
        .. AccuracyByWidth.Of(ground),
        .. Gains.Of(ground),
        .. hasOneSetting ? [] : AllVariants.Of(ground),
        .. Coverage.Of(ground),
        .. InterferenceAgainstGain.Of(ground),
        .. CapacityHistograms.Of(ground),
        .. LayerMaps.Of(ground),
    ];
}

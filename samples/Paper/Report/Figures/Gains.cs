using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>Gain over the dense parent against the quantity that an experiment varies.</summary>
internal static class Gains
{
    // A chart with more lines is not readable.
    private const int MaximumLines = 8;

    /// <summary>The figures of a task.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        Comparison[] splits = [.. ground.Splits];
        Figure?[] figures =
        [
            GainFigure.Of("Gain against width", "neurons of the dense parent", splits, Width, comparison => ComparedGround.Label(comparison.Variant), comparison => ground.StyleOf(comparison.Variant)),
            GainFigure.Of("Gain against the number of children, random split", "children a neuron", ByFactor(ground, splits), comparison => comparison.Variant.Factor, WidthLabel),
            GainFigure.Of("Gain against the time of the split", "epochs before the split", BySplitTime(ground), comparison => comparison.Variant.ExpandAfter!.Value, SplitLabel, ratios: false),
        ];
        return figures.OfType<Figure>();
    }

    /// <summary>Gain against the number of clauses of a Boolean task, one line per width; null if it was not varied.</summary>
    /// <param name="grounds">The tasks of the experiment.</param>
    public static Figure? ByClauses(IReadOnlyList<ComparedGround> grounds)
    {
        Comparison[] random = [.. grounds.SelectMany(ground => ground.Splits).Where(comparison => comparison.Variant.Method == Method.Random && comparison.Setting.Clauses is not null)];
        if (random.Length == 0)
            return null;
        int factor = random.Min(comparison => comparison.Variant.Factor);
        int literals = MostFrequent(random.Select(comparison => comparison.Setting.Literals!.Value));
        string title = string.Create(CultureInfo.InvariantCulture, $"Gain against the number of clauses, random × {factor}, {literals} literals a clause");
        return GainFigure.Of(
            title, "clauses", random.Where(comparison => comparison.Variant.Factor == factor && comparison.Setting.Literals == literals),
            comparison => comparison.Setting.Clauses!.Value, WidthLabel);
    }

    private static IEnumerable<Comparison> ByFactor(ComparedGround ground, IEnumerable<Comparison> splits)
    {
        // All widths if they can be distinguished, otherwise every second or third.
        int step = (ground.Widths.Count + MaximumLines - 1) / MaximumLines;
        HashSet<int> shown = [.. ground.Widths.Where((_, index) => index % step == 0)];
        return splits.Where(comparison => comparison.Variant.Method == Method.Random && shown.Contains(comparison.Setting.Width));
    }

    private static IEnumerable<Comparison> BySplitTime(ComparedGround ground)
    {
        Comparison[] varied = [.. ground.Comparisons.Where(comparison => comparison.Variant is { ExpandAfter: not null, IsPlain: true, Method: Method.Random or Method.Clause })];
        HashSet<string> labels =
        [
            .. varied.GroupBy(SplitLabel)
                .Where(group => group.Select(comparison => comparison.Variant.ExpandAfter).Distinct().Count() > 1)
                .Select(group => group.Key).Take(MaximumLines),
        ];
        return varied.Where(comparison => labels.Contains(SplitLabel(comparison)));
    }

    private static int Width(Comparison comparison) => comparison.Setting.Width;

    private static string WidthLabel(Comparison comparison) => string.Create(CultureInfo.InvariantCulture, $"{comparison.Setting.Width} neurons");

    private static string SplitLabel(Comparison comparison) => $"{ComparedGround.Label(comparison.Variant)}, {WidthLabel(comparison)}";

    private static int MostFrequent(IEnumerable<int> values) => values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
}

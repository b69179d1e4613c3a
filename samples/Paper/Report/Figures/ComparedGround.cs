using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>The comparisons of one experiment on the same task, with dense parents of one or several widths.</summary>
/// <param name="Name">Description of the fixed quantities: <c>8 clauses of 3 literals</c>.</param>
/// <param name="Comparisons">The comparisons, including dense parents.</param>
internal sealed record ComparedGround(string Name, IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>Widths of the dense parents, ascending.</summary>
    public IReadOnlyList<int> Widths { get; } = [.. Comparisons.Select(comparison => comparison.Setting.Width).Distinct().Order()];

    /// <summary>The most common number of warm-up epochs of the expanded networks, which is that of the recipe; others vary it.</summary>
    public int? UsualExpandAfter { get; } = Comparisons
        .Where(comparison => !comparison.Variant.IsNew)
        .Select(comparison => comparison.Variant.ExpandAfter).OfType<int>()
        .GroupBy(epochs => epochs).OrderByDescending(group => group.Count()).Select(group => (int?)group.Key).FirstOrDefault();

    /// <summary>The dense parents and the paper's splits at the usual time: random, clause and feature splits, pruned.</summary>
    public IEnumerable<Comparison> Splits => Comparisons.Where(comparison =>
        comparison.Variant.IsDense ||
        (comparison.Variant is { Method: Method.Random or Method.Clause or Method.Feature, IsPlain: true } && IsUsual(comparison.Variant)));

    /// <summary>
    /// Returns the number of the colour and marker of a network, which is the same in all figures of the task; the dense parent has the
    /// first.
    /// </summary>
    /// <param name="variant">One of those in <see cref="Splits"/>.</param>
    public int StyleOf(Variant variant) =>
        Array.IndexOf([Variant.Dense, .. Splits.Select(comparison => comparison.Variant).Where(other => !other.IsDense).Distinct()], variant);

    /// <summary>Divides the comparisons of an experiment.</summary>
    /// <param name="comparisons">Comparisons of one experiment.</param>
    public static IReadOnlyList<ComparedGround> Of(IEnumerable<Comparison> comparisons) =>
    [
        .. comparisons
            .GroupBy(comparison => Describe(comparison.Setting))
            .Select(group => new ComparedGround(group.Key, [.. group])),
    ];

    /// <summary>Returns whether a variant is expanded at the usual time, or has no time of the split.</summary>
    public bool IsUsual(Variant variant) => variant.IsNew || variant.ExpandAfter is null || variant.ExpandAfter == UsualExpandAfter;

    /// <summary>Returns a label for a variant: <c>random × 4</c>.</summary>
    public static string Label(Variant variant) =>
        variant.Factor > 1 ? string.Create(CultureInfo.InvariantCulture, $"{variant.Label} × {variant.Factor}") : variant.Label;

    private static string Describe(Setting setting)
    {
        var words = new List<string>();
        if (setting.Data is not null)
            words.Add(setting.Data);
        if (setting.Clauses is { } clauses)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{clauses} clauses of {setting.Literals} literals"));
        if (setting.Depth > 1)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{setting.Depth} hidden layers"));
        words.Add(string.Create(CultureInfo.InvariantCulture, $"{setting.TrainSamples:#,0} samples, {setting.Epochs} epochs, batch {setting.BatchSize}, learning rate {setting.LearningRate}"));
        return string.Join(", ", words);
    }
}

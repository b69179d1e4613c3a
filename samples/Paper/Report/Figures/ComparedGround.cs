using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>The comparisons of one experiment on the same task, with dense parents of one or several widths.</summary>
/// <param name="Name">What was fixed, in words: <c>8 clauses of 3 literals</c>.</param>
/// <param name="Comparisons">The comparisons, dense parents among them.</param>
internal sealed record ComparedGround(string Name, IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>Widths of the dense parents, rising.</summary>
    public IReadOnlyList<int> Widths { get; } = [.. Comparisons.Select(comparison => comparison.Setting.Width).Distinct().Order()];

    /// <summary>Epochs of warm-up that most of the expanded networks have: the recipe's own. Others are there to vary it.</summary>
    public int? UsualExpandAfter { get; } = Comparisons
        .Where(comparison => !comparison.Variant.IsNew)
        .Select(comparison => comparison.Variant.ExpandAfter).OfType<int>()
        .GroupBy(epochs => epochs).OrderByDescending(group => group.Count()).Select(group => (int?)group.Key).FirstOrDefault();

    /// <summary>The dense parents and what the paper makes of them, at the usual time: random, clause and feature splits, pruned.</summary>
    public IEnumerable<Comparison> Splits => Comparisons.Where(comparison =>
        comparison.Variant.IsDense ||
        (comparison.Variant is { Method: Method.Random or Method.Clause or Method.Feature, IsPlain: true } && IsUsual(comparison.Variant)));

    /// <summary>Number of the colour and marker of a network, the same in every figure of the task; the dense parent has the first.</summary>
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

    /// <summary>Whether a variant is expanded at the usual time, or there is no choice of it.</summary>
    public bool IsUsual(Variant variant) => variant.IsNew || variant.ExpandAfter is null || variant.ExpandAfter == UsualExpandAfter;

    /// <summary>A variant in words: <c>random × 4</c>.</summary>
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

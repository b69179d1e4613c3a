using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;

namespace Samples.Paper.Report.Figures;

/// <summary>Clauses that some neuron reads completely, compared with the number expected by chance, and the accuracy.</summary>
internal static class Coverage
{
    /// <summary>The figures of a task; none if its inputs have no known clauses.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground)
    {
        Comparison[] known = [.. ground.Splits.Where(comparison => !comparison.Variant.IsDense && comparison.Pairs.Any(pair => pair.Network.Measurement!.Clauses is not null))];
        if (known.Length == 0)
            yield break;

        var data = new DataTable("network", "neurons", "seeds", "covered clauses", "expected", "collisions", "expected collisions", "test accuracy %");
        foreach (Comparison comparison in known)
            AddRow(data, comparison);
        Series[] series =
        [
            .. known.GroupBy(comparison => comparison.Variant).Select(group => new Series(
                ComparedGround.Label(group.Key), ground.StyleOf(group.Key),
                [.. group.SelectMany(comparison => comparison.Pairs).Select(pair => Point.At(pair.Network.Measurement!.Clauses!.Covered, 100 * pair.Network.Measurement!.TestAccuracy))])),
        ];
        yield return new Figure
        {
            Title = "Accuracy against covered clauses",
            Caption = string.Create(CultureInfo.InvariantCulture, $"Each mark is a run: how many clauses some neuron reads whole after the split, and the test accuracy in the end. The line is the regression over all of them, with Pearson's r and its 95 % interval. The data has the numbers that chance gives (docs/method.md)."),
            Data = data,
            Drawing = ScatterChart.Of("Accuracy against covered clauses", "covered clauses", "test accuracy %", series, includeZero: false),
        };
    }

    private static void AddRow(DataTable data, Comparison comparison)
    {
        Results.ClauseMeasures[] clauses = [.. comparison.Pairs.Select(pair => pair.Network.Measurement!.Clauses).OfType<Results.ClauseMeasures>()];
        data.Add(
            ComparedGround.Label(comparison.Variant), comparison.Setting.Width, clauses.Length,
            clauses.Average(one => one.Covered), clauses.Average(one => one.ExpectedCovered),
            clauses.Average(one => one.Collisions), clauses.Average(one => one.ExpectedCollisions), comparison.Accuracy.Mean);
    }
}

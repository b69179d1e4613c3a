using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Tables;

/// <summary>The results of an experiment: one line per network, grouped by setting.</summary>
internal static class ExperimentTable
{
    private static readonly Column[] Columns =
    [
        new("network", line => line.Variant.Label, IsWords: true),
        new("data", line => line.Setting.Data ?? "", IsWords: true),
        new("clauses", line => Text(line.Setting.Clauses)),
        new("literals", line => Text(line.Setting.Literals)),
        new("hidden layers", line => line.Setting.Depth > 1 ? Text(line.Setting.Depth) : ""),
        new("width", line => Text(line.Setting.Width)),
        new("α", line => line.Variant.Factor > 1 ? Text(line.Variant.Factor) : ""),
        new("split after", line => line.Variant.ExpandAfter is { } after ? $"{after} of {line.Setting.Epochs}" : ""),
        new("seeds", line => Text(line.Pairs.Count)),
        new("diverged", line => line.Diverged > 0 ? Text(line.Diverged) : ""),
        new("weights", line => Mean(line, Numbers.Count, run => run.Weights)),
        new("biases", line => Mean(line, Numbers.Count, run => run.Biases)),
        new("test accuracy", line => Numbers.MeanAndDeviation(line.Accuracy)),
        new("gain", line => line.Variant.IsDense ? "" : Numbers.MeanAndInterval(line.Gain)),
        new("better", line => line.Variant.IsDense || line.Gain is not { } gain ? "" : $"{line.Pairs.Count(pair => pair.Gain > 0)}/{gain.Count}"),
        new("capacity", line => Mean(line, Numbers.Fine, run => run.Interference.Capacity)),
        new("|cosine|", line => Mean(line, Numbers.Fine, run => run.Interference.AbsoluteCosine)),
        new("inputs a neuron", line => Mean(line, Numbers.Plain, run => run.Interference.FeaturesPerNeuron)),
        new("covered clauses", line => Mean(line, Numbers.Plain, run => run.Clauses?.Covered)),
        new("expected covered", line => Expected(line, run => run.Clauses?.ExpectedCovered)),
        new("collisions", line => Mean(line, Numbers.Plain, run => run.Clauses?.Collisions)),
        new("expected collisions", line => Expected(line, run => run.Clauses?.ExpectedCollisions)),
    ];

    private static readonly string[] LeftOutFirst =
        ["inputs a neuron", "expected collisions", "collisions", "biases", "expected covered", "weights", "|cosine|", "literals", "better", "capacity"];

    /// <summary>Creates the table of an experiment; columns that would be empty are left out.</summary>
    public static ResultTable Create(RunTable table, string experiment)
    {
        Comparison[] lines =
        [
            .. table.Comparisons
                .Where(comparison => comparison.Setting.Experiment == experiment)
                .GroupBy(comparison => comparison.Setting)
                .SelectMany(ground => ground.OrderBy(Order)),
        ];
        string[][] cells = [.. lines.Select(line => Columns.Select(column => column.Cell(line)).ToArray())];
        int[] shown = [.. Enumerable.Range(0, Columns.Length).Where(column => cells.Any(row => row[column].Length > 0))];
        return new ResultTable(
            $"{experiment}: test accuracy in % (± deviation over seeds), and its paired difference from the dense parent in points [95 % interval]",
            [.. shown.Select(column => Columns[column].Heading)],
            [.. cells.Select(row => shown.Select(column => row[column]).ToArray())],
            shown.Count(column => Columns[column].IsWords))
        {
            LeftOutFirst = LeftOutFirst,
        };
    }

    private static (Method Method, int Factor, string Label, int ExpandAfter) Order(Comparison line) =>
        (line.Variant.Method, line.Variant.Factor, line.Variant.Label, line.Variant.ExpandAfter ?? 0);

    private static string Mean(Comparison line, Func<double, string> show, Func<Measurement, double?> measure)
    {
        (double sum, int count) = (0, 0);
        foreach (Pair pair in line.Pairs)
        {
            if (measure(pair.Network.Measurement!) is { } value)
                (sum, count) = (sum + value, count + 1);
        }

        return count == 0 ? "" : show(sum / count);
    }

    // The values expected by chance are meaningful only for random splits.
    private static string Expected(Comparison line, Func<Measurement, double?> measure) =>
        line.Variant.Method is Method.Dense or Method.Random ? Mean(line, Numbers.Plain, measure) : "";

    private static string Text(int? number) => number is { } value ? Numbers.Count(value) : "";

    private sealed record Column(string Heading, Func<Comparison, string> Cell, bool IsWords = false);
}

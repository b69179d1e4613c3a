using Fpe.Numerics;
using Samples.Paper.Comparisons;
using Samples.Paper.Results;

namespace Samples.Paper.Tables;

/// <summary>What an experiment brought: a line for every network, grouped by what is compared.</summary>
internal static class ExperimentTable
{
    /// <summary>Creates the table of an experiment.</summary>
    public static ResultTable Create(RunTable table, string experiment)
    {
        Contender[] contenders = [.. table.Of(experiment).GroupBy(contender => contender.Setting).SelectMany(group => group.OrderBy(Order))];
        Column[] columns = [.. Columns(table).Where(column => contenders.Any(contender => column.Cell(contender).Length > 0))];
        return new ResultTable(
            $"{experiment}: test accuracy in % (± deviation over seeds), and its paired difference from the dense parent in points [95 % interval]",
            [.. columns.Select(column => column.Heading)],
            [.. contenders.Select(contender => columns.Select(column => column.Cell(contender)).ToArray())],
            columns.Count(column => column.IsWords));
    }

    private static (Method, int, string, int) Order(Contender contender)
    {
        Variant variant = contender.Variant;
        return (variant.Method, variant.Factor, variant.Label, variant.ExpandAfter ?? 0);
    }

    private static IEnumerable<Column> Columns(RunTable table)
    {
        string OfRuns(Contender contender, Func<SampleStatistics, string> show, Func<Measurement, double?> measure)
        {
            double[] values = [.. table.Runs(contender).Values.Select(measure).OfType<double>()];
            return values.Length == 0 ? "" : show(SampleStatistics.Of(values));
        }

        string Mean(Contender contender, Func<double, string> show, Func<Measurement, double?> measure) =>
            OfRuns(contender, statistics => show(statistics.Mean), measure);

        yield return new("network", contender => contender.Variant.Label, IsWords: true);
        yield return new("data", contender => contender.Setting.Data ?? "", IsWords: true);
        yield return new("clauses", contender => Text(contender.Setting.Clauses));
        yield return new("literals", contender => Text(contender.Setting.Literals));
        yield return new("hidden layers", contender => contender.Setting.Depth > 1 ? Text(contender.Setting.Depth) : "");
        yield return new("width", contender => Text(contender.Setting.Width));
        yield return new("α", contender => contender.Variant.Factor > 1 ? Text(contender.Variant.Factor) : "");
        yield return new("split after", contender => contender.Variant.ExpandAfter is { } after ? $"{after} of {contender.Setting.Epochs}" : "");
        yield return new("seeds", contender => Text(table.Runs(contender).Count));
        yield return new("diverged", contender => table.DivergedRuns(contender) is > 0 and var diverged ? Text(diverged) : "");
        yield return new("weights", contender => Mean(contender, weights => Numbers.Count((long)weights), run => run.Weights));
        yield return new("biases", contender => Mean(contender, biases => Numbers.Count((long)biases), run => run.Biases));
        yield return new("test accuracy", contender => OfRuns(contender, Numbers.MeanAndDeviation, run => 100 * run.TestAccuracy));
        yield return new("gain", contender => contender.Variant.IsDense ? "" : Numbers.GainAndInterval(table.Gain(contender)));
        yield return new("better", contender => !contender.Variant.IsDense && table.Gain(contender) is { } gain ? $"{gain.Better}/{gain.Seeds}" : "");
        yield return new("capacity", contender => Mean(contender, Numbers.Fine, run => run.Interference.Capacity));
        yield return new("|cosine|", contender => Mean(contender, Numbers.Fine, run => run.Interference.AbsoluteCosine));
        yield return new("inputs a neuron", contender => Mean(contender, Numbers.Plain, run => run.Interference.FeaturesPerNeuron));
        yield return new("covered clauses", contender => Mean(contender, Numbers.Plain, run => run.Clauses?.Covered));
        yield return new("expected covered", contender => Expected(contender, run => run.Clauses?.ExpectedCovered));
        yield return new("collisions", contender => Mean(contender, Numbers.Plain, run => run.Clauses?.Collisions));
        yield return new("expected collisions", contender => Expected(contender, run => run.Clauses?.ExpectedCollisions));

        // What chance would give says something of random splits only.
        string Expected(Contender contender, Func<Measurement, double?> measure) =>
            contender.Variant.Method is Method.Dense or Method.Random ? Mean(contender, Numbers.Plain, measure) : "";
    }

    private static string Text(int? number) => number is { } value ? Numbers.Count(value) : "";

    private sealed record Column(string Heading, Func<Contender, string> Cell, bool IsWords = false);
}

using System.Globalization;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Workloads;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>
/// Does it cost accuracy to draw random partitions so that every block of inputs gives each child equally many edges? Kernels
/// like such partitions for their constant trip counts. Both ways are trained from the same initial weights, in the same order
/// of samples, so that differences are paired.
/// </summary>
internal sealed class BalancedBlocks(int blockSize, int firstSeed, int seeds, int epochs, IReadOnlyList<int> widths, IReadOnlyList<int> factors)
{
    private readonly Dataset train = FashionMnist.Train();
    private readonly Dataset test = FashionMnist.Test();

    private readonly TrainingOptions options = new()
    {
        Epochs = epochs,
        BatchSize = 256,
        ExpandAfter = 0,
        Optimizer = new Adam(1e-3),
    };

    /// <summary>Trains every network and tabulates test accuracy in percent, as mean and deviation over seeds.</summary>
    /// <param name="progress">Receives a line for each pair of runs.</param>
    public Table Run(TextWriter progress)
    {
        (int Hidden, int Factor)[] cases = [.. widths.SelectMany(hidden => factors.Select(factor => (hidden, factor)))];
        ILookup<(int, int), (double Plain, double Balanced)> pairs = Enumerable.Range(firstSeed, seeds)
            .SelectMany(seed => cases.Select(sizes => (sizes, Pair: Train(sizes.Hidden, sizes.Factor, seed, progress))))
            .ToLookup(run => run.sizes, run => run.Pair);

        var table = new Table(
            $"FashionMNIST, test accuracy in %: {epochs} epochs, {seeds} seeds, blocks of {blockSize} inputs",
            new("hidden"), new("factor"), new("plain"), new("plain ±"), new("balanced"), new("balanced ±"),
            new("difference", "+0.00;−0.00;0.00"), new("difference ±"), new("95 % margin"));
        foreach ((int hidden, int factor) in cases)
        {
            (double Plain, double Balanced)[] runs = [.. pairs[(hidden, factor)]];
            var plain = SampleStatistics.Of([.. runs.Select(run => run.Plain)]);
            var balanced = SampleStatistics.Of([.. runs.Select(run => run.Balanced)]);
            var difference = SampleStatistics.Of([.. runs.Select(run => run.Balanced - run.Plain)]);
            table.Add(
                hidden, factor, plain.Mean, plain.Deviation, balanced.Mean, balanced.Deviation,
                difference.Mean, difference.Deviation, difference.Margin95);
        }

        return table;
    }

    private (double Plain, double Balanced) Train(int hidden, int factor, int seed, TextWriter progress)
    {
        double plain = Accuracy(hidden, factor, seed, SplitExpansion.Default);
        double balanced = Accuracy(hidden, factor, seed, new SplitExpansion { BlockSize = blockSize });
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {hidden} hidden, factor {factor}: plain {plain:0.00}, balanced {balanced:0.00}"));
        progress.Flush();
        return (plain, balanced);
    }

    private double Accuracy(int hidden, int factor, int seed, ExpansionMethod method)
    {
        using var model = OneHidden.Create(FashionMnist.Inputs, hidden, FashionMnist.Classes, new ExpansionPlan(factor), seed);
        new Trainer(options with { Expansion = method }).Fit(model, train);
        return 100 * Evaluator.Evaluate(model, test, options.Loss, options.BatchSize).Accuracy!.Value;
    }
}

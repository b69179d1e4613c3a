using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute;

namespace Fpe.Benchmarks;

/// <summary>Our embedding bags and self-attention against PyTorch's, and categories as tokens against one-hot numbers, on one thread.</summary>
internal static class SequencesBenchmark
{
    private const int Dimension = 64, Batch = 64, Tokens = 300;

    private static readonly int[] Vocabularies = [1_000, 100_000, 1_000_000];

    /// <summary>Categories in each column.</summary>
    private static readonly int[] Categories = [10, 100, 1_000];

    private static readonly AttentionShape[] Shapes = [new(units: 64, places: 32, heads: 4), new(units: 64, places: 64, heads: 4)];

    /// <summary>Measures table by table and length by length.</summary>
    /// <exception cref="BenchmarkException">PyTorch is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        using var torch = PyTorch.Start();
        var bags = new Table(
            $"Means of {Tokens} rows of {Dimension}, batch {Batch}, one thread; a step is forward, gradient and Adam of the rows",
            new("rows"), new("forward µs", "0"), new("PyTorch / ours"), new("step µs", "0"), new("PyTorch / ours"));
        foreach (int vocabulary in quick ? Vocabularies[..2] : Vocabularies)
        {
            using var ours = new BagWorkload(vocabulary, Dimension, Batch, Tokens);
            using PyTorch.Work forward = torch.Bag("forward", vocabulary, Dimension, Batch, Tokens);
            using PyTorch.Work step = torch.Bag("step", vocabulary, Dimension, Batch, Tokens);
            Add(bags, vocabulary, comparison.Time(new LocalWork(ours.Forward), forward, new LocalWork(ours.Step), step));
        }

        yield return bags;

        var attention = new Table(
            $"Self-attention of 64 units in 4 heads, batch {Batch}, one thread; a step is forward and gradient",
            new("places"), new("forward µs", "0"), new("PyTorch / ours"), new("step µs", "0"), new("PyTorch / ours"));
        foreach (AttentionShape shape in Shapes)
        {
            using var ours = new AttentionWorkload(shape, Batch);
            using PyTorch.Work forward = torch.Attention("forward", shape, Batch);
            using PyTorch.Work step = torch.Attention("step", shape, Batch);
            Add(attention, shape.Places, comparison.Time(new LocalWork(ours.Forward), forward, new LocalWork(ours.Step), step));
        }

        yield return attention;
        yield return Tables(comparison, quick);
    }

    private static Table Tables(Comparison comparison, bool quick)
    {
        var table = new Table(
            "A training step on 8 numbers and 8 columns of categories, batch 128, one thread; one-hot numbers over tokens",
            new("categories"), new("tokens µs", "0"), new("one-hot µs", "0"), new("time", "0.0"), new("bytes of a sample", "0"), new("learned values", "0.0"));
        foreach (int categories in quick ? Categories[..2] : Categories)
        {
            using var tokens = new TableWorkload(categories, asTokens: true);
            using var oneHot = new TableWorkload(categories, asTokens: false);
            RoundTimes[] times = comparison.Time(new LocalWork(tokens.Step), new LocalWork(oneHot.Step));
            table.Add(
                categories, times[0].Median * 1e6, times[1].Median * 1e6, times[1].Over(times[0]),
                (double)oneHot.SampleBytes / tokens.SampleBytes, (double)oneHot.ParameterCount / tokens.ParameterCount);
        }

        return table;
    }

    private static void Add(Table table, int size, RoundTimes[] times) => table.Add(
        size, times[0].Median * 1e6, times[1].Over(times[0]), times[2].Median * 1e6, times[3].Over(times[2]));
}

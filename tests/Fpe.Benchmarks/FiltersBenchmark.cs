using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute;

namespace Fpe.Benchmarks;

/// <summary>Expanded convolutions against their dense parents, which have as many weights, on one thread.</summary>
internal static class FiltersBenchmark
{
    private const int Batch = 128, Factor = 4;

    private static readonly Conv2dShape[] Shapes =
    [
        new(new ImageShape(32, 14, 14), filters: 32, kernel: 3, padding: 1),
        new(new ImageShape(64, 7, 7), filters: 64, kernel: 3, padding: 1),
    ];

    /// <summary>Measures kernel by kernel.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        int[] shares = [16, 8, 4, 1];
        var table = new Table(
            $"Expanded convolutions over their dense parents, {Factor} children a filter, batch {Batch}, one thread",
            [new("image"), new("filters"), new("kernel"), new("dense µs", "0"), .. shares.Select(share => new Column($"Share = {share}"))]);
        foreach (Conv2dShape shape in quick ? Shapes[..1] : Shapes)
        {
            using var dense = new ConvolutionWorkload(shape, Batch);
            ConvolutionWorkload[] expanded = [.. shares.Select(share => ConvolutionWorkload.ChildrenOf(shape, Factor, share, Batch))];
            Add("forward", dense.Forward, expanded.Select<ConvolutionWorkload, Action>(work => work.Forward));
            Add("dX", dense.InputGradient, expanded.Select<ConvolutionWorkload, Action>(work => work.InputGradient));
            Add("dW", dense.WeightGradient, expanded.Select<ConvolutionWorkload, Action>(work => work.WeightGradient));
            Array.ForEach(expanded, work => work.Dispose());

            void Add(string kernel, Action parent, IEnumerable<Action> children)
            {
                RoundTimes[] times = comparison.Time([new LocalWork(parent), .. children.Select(work => new LocalWork(work))]);
                table.Add([$"{shape.Input}", shape.Filters, kernel, times[0].Median * 1e6, .. times[1..].Select(time => (object)time.Over(times[0]))]);
            }
        }

        yield return table;
    }
}

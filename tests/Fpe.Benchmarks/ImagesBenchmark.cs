using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute;

namespace Fpe.Benchmarks;

/// <summary>Our convolutions and pooling against PyTorch's, on one thread.</summary>
internal static class ImagesBenchmark
{
    private const int Batch = 128;

    /// <summary>The layers of a small network for FashionMNIST, two larger ones, and convolutions in groups, of single channels and with dilation.</summary>
    private static readonly Conv2dShape[] Shapes =
    [
        new(new ImageShape(1, 28, 28), filters: 8, kernel: 3, padding: 1),
        new(new ImageShape(8, 14, 14), filters: 16, kernel: 3, padding: 1),
        new(new ImageShape(32, 14, 14), filters: 64, kernel: 3, padding: 1),
        new(new ImageShape(3, 32, 32), filters: 32, kernel: 5, padding: 2),
        new(new ImageShape(32, 14, 14), filters: 64, Window2d.Square(3, padding: 1), groups: 4),
        new(new ImageShape(32, 14, 14), filters: 32, Window2d.Square(3, padding: 1), groups: 32),
        new(new ImageShape(64, 28, 28), filters: 64, Window2d.Square(3, padding: 1), groups: 64),
        new(new ImageShape(32, 14, 14), filters: 64, Window2d.Square(3, padding: 2, dilation: 2)),
    ];

    /// <summary>Measures layer by layer.</summary>
    /// <exception cref="BenchmarkException">PyTorch is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        using var torch = PyTorch.Start();
        var steps = new Table(
            $"Convolution with ReLU, stride 1, batch {Batch}, one thread; a step is forward, dX and dW",
            new("image"), new("filters"), new("kernel"), new("groups"), new("dilation"), new("step µs", "0"),
            new("peak: forward"), new("dX"), new("dW"), new("PyTorch forward / ours"), new("PyTorch step / ours"));
        var pools = new Table(
            $"Pooling 2 × 2 of such outputs, forward and gradient",
            new("image"), new("largest µs", "0"), new("PyTorch / ours"), new("mean µs", "0"), new("PyTorch / ours"));
        foreach (Conv2dShape shape in quick ? Shapes[..2] : Shapes)
        {
            using var ours = new ConvolutionWorkload(shape, Batch);
            using PyTorch.Work forward = torch.Convolution("forward", shape, Batch);
            using PyTorch.Work step = torch.Convolution("step", shape, Batch);
            using PyTorch.Work pool = torch.Convolution("pool", shape, Batch);
            using PyTorch.Work average = torch.Convolution("average", shape, Batch);
            var peak = FmaPeak.Widest();
            RoundTimes[] times = comparison.Time(
                peak, new LocalWork(ours.Forward), new LocalWork(ours.InputGradient), new LocalWork(ours.WeightGradient), forward,
                new LocalWork(ours.Step), step, new LocalWork(ours.PoolingStep), pool,
                new LocalWork(ours.AveragePoolingStep), average);
            double fraction = ours.Operations / peak.Operations;
            steps.Add(
                $"{shape.Input}", shape.Filters, shape.Window.Rows.Kernel, shape.Groups, shape.Window.Rows.Dilation, times[5].Median * 1e6, fraction / times[1].Over(times[0]),
                fraction / times[2].Over(times[0]), fraction / times[3].Over(times[0]), times[4].Over(times[1]), times[6].Over(times[5]));
            pools.Add($"{shape.Output}", times[7].Median * 1e6, times[8].Over(times[7]), times[9].Median * 1e6, times[10].Over(times[9]));
        }

        yield return steps;
        yield return pools;
    }
}

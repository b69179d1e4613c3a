using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>Our norms, activations, additions and means against PyTorch's, on one thread.</summary>
internal static class PointwiseBenchmark
{
    private static readonly (string Kind, int Channels, int Places, int Batch, bool HasGradient)[] Works =
    [
        ("layer", 256, 1, 128, true),
        ("layer", 1024, 1, 128, true),
        ("layer", 1024, 1, 1, false),
        ("batch", 256, 1, 128, true),
        ("batch", 8, 28 * 28, 128, true),
        ("batch", 64, 7 * 7, 128, true),
        ("predict", 256, 1, 128, false),
        ("predict", 64, 7 * 7, 128, false),
        ("mean", 64, 7 * 7, 128, true),
        ("Relu", 1024, 1, 128, true),
        ("Gelu", 1024, 1, 128, true),
        ("Silu", 1024, 1, 128, true),
        ("HardSwish", 1024, 1, 128, true),
        ("Tanh", 1024, 1, 128, true),
        ("Sigmoid", 1024, 1, 128, true),
        ("Softplus", 1024, 1, 128, true),
        ("add", 1024, 1, 128, false),
        ("concat", 1024, 1, 128, false),
    ];

    /// <summary>Measures kernel by kernel.</summary>
    /// <exception cref="BenchmarkException">PyTorch is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        using var torch = PyTorch.Start();
        var table = new Table(
            "Kernels that memory limits, one thread",
            new("kernel"), new("channels"), new("places"), new("batch"),
            new("forward µs", "0.0"), new("PyTorch / ours"), new("gradients µs", "0.0"), new("PyTorch / ours"));
        foreach ((string kind, int channels, int places, int batch, bool hasGradient) in Works)
        {
            using var ours = new PointwiseWorkload(kind, channels, places, batch);
            using PyTorch.Work forward = torch.Pointwise(kind, "forward", channels, places, batch);
            if (!hasGradient)
            {
                RoundTimes[] times = comparison.Time(new LocalWork(ours.Forward), forward);
                table.Add(kind, channels, places, batch, times[0].Median * 1e6, times[1].Over(times[0]), null, null);
                continue;
            }

            using PyTorch.Work backward = torch.Pointwise(kind, "backward", channels, places, batch);
            RoundTimes[] all = comparison.Time(
                new LocalWork(ours.Forward), forward, new LocalWork(ours.Backward), backward);
            table.Add(
                kind, channels, places, batch, all[0].Median * 1e6, all[1].Over(all[0]), all[2].Median * 1e6, all[3].Over(all[2]));
        }

        yield return table;
    }
}

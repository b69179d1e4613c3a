using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;
using Fpe.Distributed;
using Fpe.Training;

namespace Fpe.Benchmarks;

/// <summary>
/// Where more ranks stop paying, on paper: what one core takes is measured here, the network is assumed. The largest network is not measured;
/// a weight of it takes as long as one of the network before it.
/// </summary>
internal static class ScaleBenchmark
{
    private const int Batch = 2048, MeasuredBatch = 512, Chunks = 8, MostRanks = 64;
    private const double LargestWeights = 1e8;

    /// <summary>Seconds from one program to another over a data centre's Ethernet and TCP; faster networks have a tenth of it.</summary>
    private const double Latency = 30e-6;

    private static readonly int[] Sides = [320, 1024, 3200];
    private static readonly double[] Bandwidths = [25, 100];
    private static readonly int[] CoresOfRank = [1, 16];

    /// <summary>Measures one core, and computes the table.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        var measured = new Table("One core: nanoseconds for a weight, Share = 32", new("weights", "0.0e+0"), new("and a sample", "0.0000"), new("and a step"), new("and a chunk"));
        var models = new List<ScaleModel>();
        foreach (int side in quick ? Sides[..2] : Sides)
        {
            models.Add(Measure(comparison, side));
            measured.Add(models[^1].Weights, models[^1].PerSample * 1e9, models[^1].PerStep * 1e9, models[^1].PerChunk * 1e9);
        }

        models.Add(models[^1] with { Weights = LargestWeights });
        yield return measured;

        var table = new Table(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Steps of {Batch} samples on up to {MostRanks} ranks, on paper: {Latency * 1e6} µs a message, four layers"),
            [
                new("weights", "0.0e+0"), new("Gbit/s", "0"), new("cores of a rank", "0"), new("ranks with half of their gain", "0"), new("times as fast", "0.0"),
                new("fastest ranks", "0"), new("times as fast then", "0.0"),
            ]);
        foreach (ScaleModel model in models)
        {
            foreach (double bandwidth in Bandwidths)
            {
                foreach (int cores in CoresOfRank)
                    table.Add(Row(model, bandwidth, cores));
            }
        }

        yield return table;
    }

    private static object?[] Row(ScaleModel model, double bandwidth, int cores)
    {
        int[] ranks = [.. Enumerable.Range(0, 7).Select(power => 1 << power).Where(count => count <= MostRanks)];
        double Gain(int count) => model.StepTime(1, cores, Batch, bandwidth, Latency) / model.StepTime(count, cores, Batch, bandwidth, Latency);
        int paying = ranks.Last(count => Gain(count) >= count / 2.0), fastest = ranks.MaxBy(Gain);
        return [model.Weights, bandwidth, (double)cores, (double)paying, Gain(paying), (double)fastest, Gain(fastest)];
    }

    private static ScaleModel Measure(Comparison comparison, int side)
    {
        Wiring wiring = Wiring.Shared(32);
        var shape = new WorkloadShape(side, side, 4, MeasuredBatch);
        using var whole = new StepWorkload(shape, wiring);
        using var half = new StepWorkload(shape with { Batch = MeasuredBatch / 2 }, wiring);
        using var chunked = new StepWorkload(shape, wiring, new CpuDevice(threads: 1), new DataParallel(ProcessGroup.Single) { Chunks = Chunks });
        RoundTimes[] times = comparison.Time(new LocalWork(whole.Step), new LocalWork(half.Step), new LocalWork(chunked.Step));
        double weights = (double)side * side, step = times[0].Median;
        double perSample = Math.Max(0, step - times[1].Median) / (MeasuredBatch / 2) / weights;
        double perStep = Math.Max(0, step - (perSample * MeasuredBatch * weights)) / weights;
        return new ScaleModel(weights, perSample, perStep, Math.Max(0, times[2].Median - step) / Chunks / weights);
    }
}

using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;

namespace Fpe.Benchmarks;

/// <summary>
/// What a second thread brings to one layer, beside what two layers that have nothing to do with each other gain on two cores, which share
/// their clock and caches, and what PyTorch gains.
/// </summary>
internal static class ThreadsBenchmark
{
    private const int Share = 32;

    private static readonly WorkloadShape[] Shapes = [new(1024, 1024, 4, 512), new(784, 256, 4, 128)];

    /// <summary>Measures shape by shape.</summary>
    /// <exception cref="BenchmarkException">PyTorch is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        Wiring[] wirings = [Wiring.Dense, Wiring.Shared(Share), Wiring.Own];
        var one = new CpuDevice(threads: 1);
        var two = new CpuDevice(threads: 2);
        var table = new Table(
            "Layer steps: time on one thread over time on two, and what two independent ones gain; PyTorch has the dense parent",
            [
                new("inputs"), new("parents"), new("factor"), new("batch"), new("edges"),
                new("one over two"), new("two independent"), new("of that"), new("PyTorch, one over two"),
            ]);
        foreach (WorkloadShape shape in Shapes)
        {
            foreach (Wiring wiring in wirings)
            {
                using var alone = new LayerWorkload(shape, wiring.LayoutOf(shape), one);
                using var helped = new LayerWorkload(shape, wiring.LayoutOf(shape), two);
                using var other = new LayerWorkload(shape, wiring.LayoutOf(shape), new CpuDevice(threads: 1));
                using var pair = new WorkAtOnce(alone.Step, other.Step);
                RoundTimes[] times = comparison.Time(new WallClockWork(alone.Step), new WallClockWork(helped.Step), pair);
                double gain = times[0].Over(times[1]), independent = times[0].Over(times[2]);
                table.Add([
                    shape.Inputs, shape.Parents, shape.Factor, shape.Batch, wiring.Name,
                    gain, independent, gain / independent, wiring.IsDense ? GainOfPyTorch(comparison, shape) : null,
                ]);
            }
        }

        yield return table;
    }

    /// <summary>In turns of its own, because its threads wait for more work on the cores that ours need.</summary>
    private static double GainOfPyTorch(Comparison comparison, WorkloadShape shape)
    {
        using PyTorch one = PyTorch.Start(threads: 1, byTheClock: true), two = PyTorch.Start(threads: 2, byTheClock: true);
        using PyTorch.Work alone = one.Layer("dense", shape, Share), helped = two.Layer("dense", shape, Share);
        RoundTimes[] times = comparison.Time(alone, helped);
        return times[0].Over(times[1]);
    }
}

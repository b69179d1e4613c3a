using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;

namespace Fpe.Benchmarks;

/// <summary>What a second thread brings to one layer.</summary>
internal static class ThreadsBenchmark
{
    private static readonly WorkloadShape[] Shapes = [new(1024, 1024, 4, 512), new(784, 256, 4, 128)];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        Wiring[] wirings = [Wiring.Dense, Wiring.Shared(32), Wiring.Own];
        var one = new CpuDevice(threads: 1);
        var two = new CpuDevice(threads: 2);
        var table = new Table(
            "Layer steps: time on one thread over time on two, by the clock on the wall",
            [new("inputs"), new("parents"), new("factor"), new("batch"), new("edges"), new("one over two")]);
        foreach (WorkloadShape shape in Shapes)
        {
            foreach (Wiring wiring in wirings)
            {
                using var alone = new LayerWorkload(shape, wiring.LayoutOf(shape), one);
                using var helped = new LayerWorkload(shape, wiring.LayoutOf(shape), two);
                RoundTimes[] times = comparison.Time(new WallClockWork(alone.Step), new WallClockWork(helped.Step));
                table.Add([shape.Inputs, shape.Parents, shape.Factor, shape.Batch, wiring.Name, times[0].Over(times[1])]);
            }
        }

        yield return table;
    }
}

#pragma warning disable CA1861, IDE0055
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;
using Fpe.Distributed;
using Fpe.Training;
namespace Fpe.Benchmarks;
internal static class TmpBench
{
    public static IEnumerable<Table> Run(bool quick)
    {
        foreach (Wiring wiring in (Wiring[])[Wiring.Shared(32), Wiring.Dense])
        {
            var shape = new WorkloadShape(1024, 1024, 4, 512);
            StepWorkload[] w = [new StepWorkload(shape, wiring), new StepWorkload(shape with { Batch = 256 }, wiring), new StepWorkload(shape with { Batch = 64 }, wiring), .. new[] { 1, 2, 4, 8 }.Select(c => new StepWorkload(shape, wiring, new CpuDevice(1), new DataParallel(ProcessGroup.Single) { Chunks = c }))];
            RoundTimes[] t = new Comparison(9, 0.1).Time([.. w.Select(x => new LocalWork(x.Step))]);
            var table = new Table(wiring.Name, new("what"), new("ms"), new("best"), new("over"));
            string[] n = ["512", "256", "64", "c1", "c2", "c4", "c8"];
            for (int i = 0; i < w.Length; i++)
                table.Add(n[i], t[i].Median * 1e3, t[i].Best * 1e3, t[i].Over(t[0]));
            yield return table;
        }
    }
}

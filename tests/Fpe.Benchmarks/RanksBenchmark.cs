using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>
/// What a second rank brings to one training on this machine, beside what two trainings that have nothing to do with each other gain on two cores,
/// and beside a second thread.
/// </summary>
internal static class RanksBenchmark
{
    private const int Share = 32;

    private static readonly string[] Launcher = ["mpirun.openmpi", "--allow-run-as-root", "--bind-to", "none", "-n"];
    private static readonly WorkloadShape Shape = new(1024, 1024, 4, 512);

    /// <summary>Measures, for each number of chunks.</summary>
    /// <exception cref="BenchmarkException">Open MPI is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        var comparison = new Comparison(rounds: 5, turn: quick ? 0.1 : 0.3);
        int launches = quick ? 1 : 5;
        var table = new Table(
            "Network steps: time of one process over that of two ranks, of two threads, and of two independent processes per step of each",
            [
                new("inputs"), new("parents"), new("factor"), new("batch"), new("edges"), new("chunks"), new("one process, ms", "0.0"),
                new("two ranks"), new("two threads"), new("two independent"), new("ranks of that"), new("ranks of that, processor time"), new("one rank in chunks"),
            ]);
        foreach (WorkloadShape shape in quick ? [Shape] : (WorkloadShape[])[Shape, Shape with { Batch = 1024 }])
        {
            foreach (Wiring wiring in (Wiring[])[Wiring.Shared(Share), Wiring.Dense])
            {
                foreach (int chunks in (int[])[2, 8])
                    table.Add(Measure(comparison, launches, shape, wiring, chunks));
            }
        }

        yield return table;
    }

    /// <summary>Measures several launches: one launch of the same processes is up to 5 % faster than another.</summary>
    private static object?[] Measure(Comparison comparison, int launches, WorkloadShape shape, Wiring wiring, int chunks)
    {
        (RoundTimes[] Times, double Processor)[] all = [.. Enumerable.Range(0, launches).Select(_ => Launch(comparison, shape, wiring, chunks))];
        RoundTimes[] times = [.. Enumerable.Range(0, all[0].Times.Length).Select(contestant => RoundTimes.Join(all.Select(own => own.Times[contestant])))];
        return
        [
            shape.Inputs, shape.Parents, shape.Factor, shape.Batch, wiring.Name, chunks, times[0].Median * 1e3,
            times[0].Over(times[1]), times[0].Over(times[2]), 2 * times[0].Over(times[3]), times[3].Over(times[1]) / 2,
            all.Select(own => own.Processor).Order().ElementAt(launches / 2), times[0].Over(times[4]),
        ];
    }

    private static (RoundTimes[] Times, double Processor) Launch(Comparison comparison, WorkloadShape shape, Wiring wiring, int chunks)
    {
        using StepProcesses one = StepProcesses.Independent(1, threads: 1, shape, wiring);
        using StepProcesses threads = StepProcesses.Independent(1, threads: 2, shape, wiring);
        using StepProcesses independent = StepProcesses.Independent(2, threads: 1, shape, wiring);
        using StepProcesses chunked = StepProcesses.Independent(1, threads: 1, shape, wiring, chunks);
        using StepProcesses ranks = StepProcesses.Ranks(Launcher, 2, shape, wiring, chunks);
        RoundTimes[] times = comparison.Time(one, ranks, threads, independent, chunked);
        return (times, independent.ProcessorTime / 2 / ranks.ProcessorTime);
    }
}

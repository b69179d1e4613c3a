using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>How long a single sample takes through a network of one hidden layer and ten classes.</summary>
internal static class PredictBenchmark
{
    private const int Classes = 10;

    private static readonly WorkloadShape[] Shapes = [new(784, 256, 4, 1), new(784, 64, 4, 1), new(512, 128, 4, 1), new(1024, 1024, 4, 1), new(1024, 1024, 8, 1)];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        Wiring[] wirings = [Wiring.Dense, Wiring.Shared(16), Wiring.Shared(32), Wiring.OwnBalanced, Wiring.Own];
        var table = new Table(
            "Prediction of one sample, one thread: time over the dense parent's",
            [new("inputs"), new("parents"), new("factor"), new("dense parent µs"), .. wirings[1..].Select(wiring => new Column(wiring.Name))]);
        foreach (WorkloadShape shape in Shapes)
        {
            PlannedModel[] networks = [.. wirings.Select(wiring => Network(shape, wiring))];
            float[] sample = [.. Enumerable.Range(0, shape.Inputs).Select(i => (float)Math.Sin(i))];
            var outputs = new float[Classes];
            RoundTimes[] times = comparison.Time([.. networks.Select(network => new LocalWork(() => network.Forward(sample, outputs)))]);
            table.Add([shape.Inputs, shape.Parents, shape.Factor, times[0].Median * 1e6, .. times[1..].Select(time => (object?)time.Over(times[0]))]);
            foreach (PlannedModel network in networks)
                network.Dispose();
        }

        yield return table;
    }

    private static PlannedModel Network(WorkloadShape shape, Wiring wiring)
    {
        var network = OneHidden.Create(shape.Inputs, shape.Parents, Classes, wiring.PlanOf(shape));
        if (!wiring.IsDense)
            network.Expand(wiring.Method);
        return network;
    }
}

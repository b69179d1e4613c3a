using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Quantization;

namespace Fpe.Benchmarks;

/// <summary>How many times as fast predictions of 8 bits are as those in single precision, for one sample and for a batch.</summary>
internal static class Int8Benchmark
{
    private const int Classes = 10;

    private static readonly int[] Batches = [1, 256];
    private static readonly WorkloadShape[] Shapes = [new(784, 64, 4, 1), new(784, 256, 4, 1), new(784, 64, 8, 1), new(384, 64, 4, 1)];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        Wiring[] wirings = [Wiring.Dense, Wiring.Shared(16), Wiring.Shared(32), Wiring.Own];
        var table = new Table(
            "Prediction, one thread: time in single precision over that of 8 bits, of networks with the same edges",
            [new("inputs"), new("parents"), new("factor"), new("batch"), .. wirings.Select(wiring => new Column(wiring.Name))]);
        foreach (WorkloadShape shape in Shapes)
        {
            float[] calibration = [.. Enumerable.Range(0, Batches[^1] * shape.Inputs).Select(i => (float)Math.Sin(i))];
            foreach (int batch in Batches)
            {
                float[] samples = calibration[..(batch * shape.Inputs)];
                var outputs = new float[batch * Classes];
                var ratios = new List<object?>();
                foreach (Wiring wiring in wirings)
                {
                    using PlannedModel model = OneHidden.Create(shape.Inputs, shape.Parents, Classes, wiring.PlanOf(shape));
                    if (!wiring.IsDense)
                        model.Expand(wiring.Method);
                    using Predictor single = model.ToPredictor(), bytes = model.Quantize(calibration);
                    RoundTimes[] times = comparison.Time(
                        new LocalWork(() => single.PredictOutputs(samples, outputs)), new LocalWork(() => bytes.PredictOutputs(samples, outputs)));
                    ratios.Add(times[0].Over(times[1]));
                }

                table.Add([shape.Inputs, shape.Parents, shape.Factor, batch, .. ratios]);
            }
        }

        yield return table;
    }
}

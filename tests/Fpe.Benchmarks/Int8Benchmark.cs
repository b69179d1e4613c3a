using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Quantization;

namespace Fpe.Benchmarks;

/// <summary>How many times as fast networks of 8 bits predict as the same networks in single precision.</summary>
internal static class Int8Benchmark
{
    private const int Classes = 10;
    private const int Many = 256;
    private const int CalibrationSamples = 100;

    private static readonly WorkloadShape[] Shapes = [new(784, 256, 4, 1), new(784, 64, 4, 1), new(384, 64, 4, 1)];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        var table = new Table(
            $"Outputs of one sample and of {Many}, one thread: time in single precision over that of 8 bits",
            new("inputs"), new("parents"), new("factor"), new("edges"), new("one, float µs", "0.00"), new("one, float / 8 bits"),
            new($"{Many}, float µs", "0.0"), new($"{Many}, float / 8 bits"));
        foreach (WorkloadShape shape in Shapes)
        {
            foreach (Wiring wiring in (Wiring[])[Wiring.Dense, Wiring.Shared(16), Wiring.Shared(32), Wiring.Own])
            {
                using PlannedModel model = OneHidden.Create(shape.Inputs, shape.Parents, Classes, wiring.PlanOf(shape));
                if (!wiring.IsDense)
                    model.Expand(wiring.Method);
                float[] samples = [.. Enumerable.Range(0, Many * shape.Inputs).Select(i => (float)Math.Sin(i * i))];
                using Predictor single = model.ToPredictor(), bytes = model.Quantize(samples.AsSpan(0, CalibrationSamples * shape.Inputs));
                float[] one = samples[..shape.Inputs], output = new float[Classes], outputs = new float[Many * Classes];
                RoundTimes[] times = comparison.Time(
                    new LocalWork(() => single.PredictOutputs(one, output)), new LocalWork(() => bytes.PredictOutputs(one, output)),
                    new LocalWork(() => single.PredictOutputs(samples, outputs)), new LocalWork(() => bytes.PredictOutputs(samples, outputs)));
                table.Add(
                    shape.Inputs, shape.Parents, wiring.IsDense ? 1 : shape.Factor, wiring.Name,
                    times[0].Median * 1e6, times[0].Over(times[1]), times[2].Median * 1e6, times[2].Over(times[3]));
            }
        }

        yield return table;
    }
}

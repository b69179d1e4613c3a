using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>What one predictor serves to several threads at once, sample by sample, beside predictors of their own.</summary>
internal static class ServeBenchmark
{
    private const int Classes = 10;
    private const int Many = 8;

    private static readonly WorkloadShape[] Shapes = [new(784, 256, 4, 1), new(784, 64, 4, 1), new(384, 64, 4, 1), new(64, 4, 4, 1)];

    /// <summary>Measures shape by shape, in wall-clock time.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        var table = new Table(
            "One sample at a time, the most probable class: time of the model's Predict over the predictor's, and how many times as many samples more threads predict",
            new("inputs"), new("parents"), new("factor"), new("predictor µs", "0.00"), new("model / predictor"),
            new("two threads"), new("two threads, a predictor each"), new("of that"), new($"{Many} threads"));
        foreach (WorkloadShape shape in Shapes)
        {
            using PlannedModel model = OneHidden.Create(shape.Inputs, shape.Parents, Classes, Wiring.DefaultOf(shape).PlanOf(shape));
            model.Expand();
            model.Meaning = new ModelMeaning { Task = ModelTask.Classification };
            using Predictor shared = model.ToPredictor(), own = model.ToPredictor();
            float[] sample = [.. Enumerable.Range(0, shape.Inputs).Select(i => (float)Math.Sin(i))];

            using WorkAtOnce two = new(Predict, Predict), apart = new(Predict, () => own.Predict(sample));
            using var many = new WorkAtOnce([.. Enumerable.Repeat<Action>(Predict, Many)]);
            RoundTimes[] times = comparison.Time(new WallClockWork(Predict), new WallClockWork(() => model.Predict(sample)), two, apart, many);
            table.Add(
                shape.Inputs, shape.Parents, shape.Factor, times[0].Median * 1e6, times[1].Over(times[0]),
                times[0].Over(times[2]), times[0].Over(times[3]), times[3].Over(times[2]), times[0].Over(times[4]));

            void Predict() => shared.Predict(sample);
        }

        yield return table;
    }
}

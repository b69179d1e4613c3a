using System.Diagnostics;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Benchmarks;

/// <summary>How many rows a network scores in a second when ML.NET reads its predictions, with rows in memory.</summary>
internal static class RowsPerSecond
{
    private const int Rows = 20_000;
    private const int Repetitions = 7;

    /// <summary>Prints a line for each network: the median of several passes over all rows.</summary>
    public static void Measure()
    {
        Measure<DigitsNet>(64, 10);
        Measure<TableNet>(24, 1);
        Measure<SectionsNet>(2048, 54);
    }

    private static void Measure<TModel>(int inputs, int outputs)
        where TModel : Model, IModel<TModel>
    {
        var context = new MLContext(seed: 1);
        int rows = Math.Min(Rows, 20_000_000 / inputs);
        var random = new Random(1);
        var schema = SchemaDefinition.Create(typeof(NumberRow));
        schema[nameof(NumberRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs);
        schema[nameof(NumberRow.Label)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, outputs);
        IDataView view = context.Data.Cache(context.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(_ => new NumberRow { Features = Numbers(random, inputs), Label = Numbers(random, outputs) }).ToArray(), schema));

        var options = new NetworkOptions { Training = new TrainingOptions { Epochs = 1, BatchSize = 256 } };
        IDataView scored = context.Regression.Trainers.Network<TModel>(options).Fit(view).Transform(view);
        double[] rates = [.. Enumerable.Range(0, Repetitions).Select(_ => Pass(scored, rows)).Order()];
        Console.WriteLine(FormattableString.Invariant($"{typeof(TModel).Name}: {rates[Repetitions / 2]:N0} rows a second, median of {Repetitions} ({rates[0]:N0} to {rates[^1]:N0})"));
    }

    private static double Pass(IDataView scored, int rows)
    {
        var clock = Stopwatch.StartNew();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        int count = 0;
        if (scored.Schema["Score"].Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
            VBuffer<float> values = default;
            for (; cursor.MoveNext(); count++)
                score(ref values);
        }
        else
        {
            ValueGetter<float> score = cursor.GetGetter<float>(scored.Schema["Score"]);
            float value = 0;
            for (; cursor.MoveNext(); count++)
                score(ref value);
        }

        return count == rows ? rows / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{count} rows were read instead of {rows}.");
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];

    private sealed class NumberRow
    {
        public float[] Features { get; set; } = [];

        public float[] Label { get; set; } = [];
    }
}

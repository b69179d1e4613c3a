using System.Diagnostics;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Benchmarks;

/// <summary>How many rows in memory a network scores in a second when ML.NET reads its predictions, many at once and row by row, in turns.</summary>
internal static class RowsPerSecond
{
    private const int Rows = 20_000;
    private const int Repetitions = 21;

    /// <summary>Prints a line for each network.</summary>
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
        using NetworkTransformer network = context.Regression.Trainers.Network<TModel>(options).Fit(view);
        var turns = new (double Batched, double Single)[Repetitions];
        for (int turn = 0; turn < Repetitions; turn++)
            turns[turn] = (ReadView(network, view, rows), ReadRows(network, view, rows));
        Console.WriteLine(FormattableString.Invariant(
            $"{typeof(TModel).Name}: {Median(turns.Select(turn => turn.Batched)):N0} rows a second, {Median(turns.Select(turn => turn.Single)):N0} row by row, {Median(turns.Select(turn => turn.Batched / turn.Single)):0.0} times as many; medians of {Repetitions} turns"));
    }

    /// <summary>The predictions of a view, whose rows are computed together.</summary>
    private static double ReadView(NetworkTransformer network, IDataView view, int rows)
    {
        IDataView scored = network.Transform(view);
        var clock = Stopwatch.StartNew();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        return Pass(cursor, cursor.MoveNext, rows, clock);
    }

    /// <summary>The predictions of one row after the other, as a <c>PredictionEngine</c> computes them.</summary>
    private static double ReadRows(ITransformer network, IDataView view, int rows)
    {
        IRowToRowMapper mapper = network.GetRowToRowMapper(view.Schema);
        var clock = Stopwatch.StartNew();
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        using DataViewRow row = mapper.GetRow(cursor, [mapper.OutputSchema["Score"]]);
        return Pass(row, cursor.MoveNext, rows, clock);
    }

    private static double Pass(DataViewRow row, Func<bool> moveNext, int rows, Stopwatch clock)
    {
        int count = 0;
        if (row.Schema["Score"].Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> score = row.GetGetter<VBuffer<float>>(row.Schema["Score"]);
            VBuffer<float> values = default;
            for (; moveNext(); count++)
                score(ref values);
        }
        else
        {
            ValueGetter<float> score = row.GetGetter<float>(row.Schema["Score"]);
            float value = 0;
            for (; moveNext(); count++)
                score(ref value);
        }

        return count == rows ? rows / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{count} rows were read instead of {rows}.");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Repetitions / 2);

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];

    private sealed class NumberRow
    {
        public float[] Features { get; set; } = [];

        public float[] Label { get; set; } = [];
    }
}

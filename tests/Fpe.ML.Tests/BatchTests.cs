using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Tests;

/// <summary>Rows are computed in batches, which nobody sees.</summary>
public sealed class BatchTests
{
    private const int Rows = 300;

    private readonly MLContext context = new(seed: 1);
    private readonly NetworkTransformer model;
    private int read;

    public BatchTests() => model = context.Regression.Trainers.Network<TableNet>(new NetworkOptions
    {
        FeatureColumnName = "Numbers",
        LabelColumnName = "Target",
        Training = new TrainingOptions { Epochs = 2, BatchSize = 16 },
    }).Fit(View());

    [Fact]
    public void Each_row_has_its_own_values_and_its_own_prediction_whatever_else_is_read()
    {
        IDataView view = View();
        float[] alone = [.. Source().Select(row => model.Model.PredictValues(row.Numbers)[0])];
        using DataViewRowCursor cursor = model.Transform(view).GetRowCursor(model.Transform(view).Schema);
        Assert.IsType<BatchedCursor>(cursor);
        DataViewSchema schema = cursor.Schema;
        ValueGetter<VBuffer<float>> numbers = cursor.GetGetter<VBuffer<float>>(schema["Numbers"]);
        ValueGetter<ReadOnlyMemory<char>> name = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Name"]);
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> words = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(schema["Words"]);
        ValueGetter<float> score = cursor.GetGetter<float>(schema["Score"]);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();

        VBuffer<float> values = default;
        VBuffer<ReadOnlyMemory<char>> texts = default;
        ReadOnlyMemory<char> text = default;
        float predicted = 0;
        var ids = new HashSet<DataViewRowId>();
        DataViewRowId rowId = default;
        for (int row = 0; row < Rows; row++)
        {
            Assert.True(cursor.MoveNext());
            numbers(ref values);
            name(ref text);
            words(ref texts);
            score(ref predicted);
            id(ref rowId);
            Assert.Equal(row, cursor.Position);
            Assert.Equal(NumbersOf(row), values.DenseValues());
            Assert.Equal($"row {row}", text.ToString());
            Assert.Equal(["a", $"{row}"], texts.DenseValues().Select(word => word.ToString()));
            Assert.Equal(alone[row], predicted, 1e-4f * Math.Max(1, Math.Abs(alone[row])));
            Assert.True(ids.Add(rowId));

            // Whoever reads a vector may change it.
            VBufferEditor.Create(ref values, values.Length).Values.Fill(-1);
            numbers(ref values);
            Assert.Equal(NumbersOf(row), values.DenseValues());
        }

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => score(ref predicted));
    }

    [Fact]
    public void Predictions_of_a_row_have_the_same_bits_in_every_batch()
    {
        float[] all = [.. model.Transform(View()).GetColumn<float>("Score")];
        for (int skip = 1; skip < 70; skip += 17)
        {
            IDataView rest = context.Data.SkipRows(View(), skip);
            Assert.Equal(all[skip..], model.Transform(rest).GetColumn<float>("Score"));
        }
    }

    [Fact]
    public void Whoever_reads_one_row_computes_one_and_whoever_reads_no_prediction_none()
    {
        IDataView view = View();
        IDataView scored = model.Transform(view);
        read = 0;
        _ = scored.GetColumn<float>("Score").First();
        Assert.InRange(read, 1, 2);

        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Name"]]);
        Assert.IsNotType<BatchedCursor>(cursor);
        Assert.Equal(Rows, scored.GetColumn<string>("Name").Count());
    }

    [Fact]
    public void An_error_is_thrown_when_its_row_is_reached()
    {
        IDataView view = context.Data.LoadFromEnumerable(Source().Select((row, r) => r == 5 ? new Row { Numbers = [1, float.NaN, 1, 1, 1, 1] } : row));
        using IEnumerator<float> scores = model.Transform(view).GetColumn<float>("Score").GetEnumerator();
        for (int row = 0; row < 5; row++)
            Assert.True(scores.MoveNext());
        DatasetException error = Assert.Throws<DatasetException>(() => scores.MoveNext());
        Assert.StartsWith("Column Numbers: row 5 has NaN in slot 1; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shuffled_and_divided_rows_keep_their_predictions()
    {
        IDataView view = context.Data.Cache(View());
        Dictionary<string, float> expected = Pairs(model.Transform(view).GetRowCursor(model.Transform(view).Schema)).ToDictionary();
        IDataView scored = model.Transform(context.Data.ShuffleRows(view, seed: 3));
        KeyValuePair<string, float>[] shuffled = [.. Pairs(scored.GetRowCursor(scored.Schema, new Random(2)))];
        Assert.NotEqual(expected.Keys, shuffled.Select(pair => pair.Key));
        Assert.Equal(expected.OrderBy(pair => pair.Key), shuffled.OrderBy(pair => pair.Key));

        scored = model.Transform(view);
        KeyValuePair<string, float>[] divided = [.. scored.GetRowCursorSet(scored.Schema, 3).SelectMany(Pairs)];
        Assert.Equal(expected.OrderBy(pair => pair.Key), divided.OrderBy(pair => pair.Key));
    }

    private static IEnumerable<KeyValuePair<string, float>> Pairs(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            ValueGetter<ReadOnlyMemory<char>> name = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema["Name"]);
            ValueGetter<float> score = cursor.GetGetter<float>(cursor.Schema["Score"]);
            while (cursor.MoveNext())
            {
                (ReadOnlyMemory<char> text, float predicted) = (default, 0f);
                name(ref text);
                score(ref predicted);
                yield return new(text.ToString(), predicted);
            }
        }
    }

    private static float[] NumbersOf(int row) => [row, row % 2, row % 3, row % 5, row % 7, row % 11];

    private IDataView View() => context.Data.LoadFromEnumerable(Source());

    private IEnumerable<Row> Source()
    {
        for (int row = 0; row < Rows; row++)
        {
            read++;
            yield return new Row { Numbers = NumbersOf(row), Name = $"row {row}", Words = ["a", $"{row}"], Target = (2 * row) - (row % 5) };
        }
    }

    private sealed class Row
    {
        [VectorType(6)]
        public float[] Numbers { get; set; } = [];

        public string Name { get; set; } = "";

        [VectorType(2)]
        public string[] Words { get; set; } = ["", ""];

        public float Target { get; set; }
    }
}

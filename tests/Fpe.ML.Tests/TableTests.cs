using System.Globalization;
using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Tests;

/// <summary>A table with a header, categories and missing values, read and prepared by ML.NET alone.</summary>
public sealed class TableTests : IDisposable
{
    private static readonly string[] Colours = ["red", "green", "blue", "black"];

    private readonly MLContext context = new(seed: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("fpe-ml-").FullName;

    private static NetworkOptions Options => new() { Training = new TrainingOptions { Epochs = 20, BatchSize = 16, Optimizer = new Adam(1e-2) } };

    [Fact]
    public void A_binary_classifier_is_evaluated_saved_and_loaded()
    {
        IDataView table = Load(rows: 400);
        ITransformer model = Prepare().Append(context.BinaryClassification.Trainers.Network<TableNet>(Options with { LabelColumnName = "Big" })).Fit(table);
        IDataView scored = model.Transform(table);
        CalibratedBinaryClassificationMetrics metrics = context.BinaryClassification.Evaluate(scored, labelColumnName: "Big");
        Assert.InRange(metrics.AreaUnderRocCurve, 0.95, 1);
        Assert.InRange(metrics.Accuracy, 0.9, 1);

        string path = Path.Combine(folder, "model.zip");
        context.Model.Save(model, table.Schema, path);
        ITransformer loaded = context.Model.Load(path, out _);
        Assert.Equal(scored.GetColumn<float>("Probability"), loaded.Transform(table).GetColumn<float>("Probability"));
    }

    [Fact]
    public void Two_outputs_serve_a_binary_label_as_well()
    {
        IDataView table = Load(rows: 400);
        IDataView scored = Prepare().Append(context.BinaryClassification.Trainers.Network<PairNet>(Options with { LabelColumnName = "Big" })).Fit(table).Transform(table);
        Assert.InRange(context.BinaryClassification.Evaluate(scored, labelColumnName: "Big").AreaUnderRocCurve, 0.95, 1);
    }

    [Fact]
    public void A_regression_predicts_in_units_of_its_label()
    {
        IDataView table = Load(rows: 400);
        ITransformer model = Prepare().Append(context.Regression.Trainers.Network<TableNet>(Options with { LabelColumnName = "Price" })).Fit(table);
        RegressionMetrics metrics = context.Regression.Evaluate(model.Transform(table), labelColumnName: "Price");
        Assert.InRange(metrics.RSquared, 0.95, 1);

        string path = Path.Combine(folder, "model.zip");
        context.Model.Save(model, table.Schema, path);
        Assert.Equal(metrics.RSquared, context.Regression.Evaluate(context.Model.Load(path, out _).Transform(table), labelColumnName: "Price").RSquared);
    }

    [Fact]
    public void Several_labels_are_predicted_each_for_itself()
    {
        IDataView table = Load(rows: 400);
        IDataView scored = Prepare().Append(context.Transforms.Concatenate("Labels", "Big", "Cheap"))
            .Append(context.MulticlassClassification.Trainers.MultiLabelNetwork<PairNet>(Options with { LabelColumnName = "Labels" })).Fit(table).Transform(table);
        bool[][] labels = [.. scored.GetColumn<bool[]>("Labels")];
        bool[][] answers = [.. scored.GetColumn<bool[]>("PredictedLabel")];
        Assert.InRange(labels.Zip(answers, (label, answer) => label.SequenceEqual(answer) ? 1.0 : 0).Average(), 0.85, 1);
        Assert.All(scored.GetColumn<float[]>("Probability"), values => Assert.All(values, value => Assert.InRange(value, 0, 1)));
    }

    [Fact]
    public void Missing_values_are_an_error_that_names_row_and_slot()
    {
        IDataView table = Load(rows: 100);
        IEstimator<ITransformer> pipeline = context.Transforms.Categorical.OneHotEncoding("Colour").Append(context.Transforms.Concatenate("Features", "Size", "Weight", "Colour"))
            .Append(context.Regression.Trainers.Network<TableNet>(Options with { LabelColumnName = "Price" }));
        DatasetException error = Assert.Throws<DatasetException>(() => pipeline.Fit(table));
        Assert.Equal("Column Features: row 7 has NaN in slot 1 (Weight); replace missing values before, as with mlContext.Transforms.ReplaceMissingValues.", error.Message);
    }

    [Fact]
    public void A_wrong_width_names_column_and_both_widths()
    {
        IEstimator<ITransformer> pipeline = context.Transforms.Concatenate("Features", "Size", "Weight").Append(context.Regression.Trainers.Network<TableNet>(Options with { LabelColumnName = "Price" }));
        ColumnException error = Assert.Throws<ColumnException>(() => pipeline.Fit(Load(rows: 100)));
        Assert.Equal("Column Features: it has 2 values, but TableNet reads 6; declare [Model(inputs: 2)], or change the columns that are concatenated.", error.Message);
    }

    [Fact]
    public void Labels_that_do_not_fit_are_named()
    {
        Assert.Equal("Column Colour: its type is String, but classes are keys; add mlContext.Transforms.Conversion.MapValueToKey(\"Colour\").", Wrong(context.MulticlassClassification.Trainers.Network<PairNet>(Options with { LabelColumnName = "Colour" })));
        Assert.Equal("Column Key: it has 4 keys, but PairNet has 2 outputs; give its last layer 4 neurons.", Wrong(context.Transforms.Conversion.MapValueToKey("Key", "Colour").Append(context.MulticlassClassification.Trainers.Network<PairNet>(Options with { LabelColumnName = "Key" }))));
        Assert.Equal("Column Price: its type is Single, but a binary label is Boolean; convert it, or train a multiclass classifier.", Wrong(context.BinaryClassification.Trainers.Network<TableNet>(Options with { LabelColumnName = "Price" })));
        Assert.StartsWith("Column Colour: its type is String, but a regression learns a Single", Wrong(context.Regression.Trainers.Network<TableNet>(Options with { LabelColumnName = "Colour" })), StringComparison.Ordinal);
        Assert.StartsWith("Column Label: it does not exist; the columns are ", Wrong(context.Regression.Trainers.Network<TableNet>(Options)), StringComparison.Ordinal);

        string Wrong(IEstimator<ITransformer> trainer) => Assert.Throws<ColumnException>(() => Prepare().Append(trainer).Fit(Load(rows: 100))).Message;
    }

    [Fact]
    public void No_rows_are_an_error()
    {
        IDataView none = context.Data.FilterRowsByColumn(Prepare().Fit(Load(rows: 100)).Transform(Load(rows: 100)), "Price", lowerBound: 1e9);
        DatasetException error = Assert.Throws<DatasetException>(() => context.Regression.Trainers.Network<TableNet>(Options with { LabelColumnName = "Price" }).Fit(none));
        Assert.Equal("The training data of TableNet: it has no rows; check the path, the filters and the header of the loader.", error.Message);
    }

    [Fact]
    public void Rows_of_weight_0_are_not_learned_from()
    {
        // Twice the rows, and of the second half the opposite label, which counts as nothing.
        IEnumerable<WeightedRow> rows = WeightedRow.Draw(400).SelectMany(row => (WeightedRow[])[row, row with { Label = !row.Label, Weight = 0 }]);
        IDataView table = context.Data.LoadFromEnumerable(rows);
        IDataView honest = context.Data.LoadFromEnumerable(WeightedRow.Draw(400));

        Assert.InRange(Accuracy("Weight", validationFraction: 0), 0.95, 1);
        Assert.InRange(Accuracy("Weight", validationFraction: 0.2), 0.95, 1);
        Assert.InRange(Accuracy(weights: null, validationFraction: 0), 0, 0.9);

        double Accuracy(string? weights, double validationFraction)
        {
            ITransformer model = context.BinaryClassification.Trainers.Network<TableNet>(Options with { ExampleWeightColumnName = weights, ValidationFraction = validationFraction }).Fit(table);
            return context.BinaryClassification.Evaluate(model.Transform(honest)).Accuracy;
        }
    }

    [Fact]
    public void A_row_of_weight_2_counts_as_two()
    {
        // One class three times as often as the other, with features that say nothing: what is predicted is how much of each there is.
        WeightedRow[] rows = [.. Enumerable.Range(0, 400).Select(row => new WeightedRow { Label = row % 4 > 0, Weight = row % 4 > 0 ? 1 : 3 })];
        Assert.Equal(0.75, Predicted(weights: null), 0.02);
        Assert.Equal(0.5, Predicted("Weight"), 0.02);

        double Predicted(string? weights)
        {
            NetworkOptions options = Options with { ExampleWeightColumnName = weights, Standardize = false, Training = new TrainingOptions { Epochs = 40, BatchSize = 400, Optimizer = new Adam(5e-2) } };
            IDataView view = context.Data.LoadFromEnumerable(rows);
            return context.BinaryClassification.Trainers.Network<TableNet>(options).Fit(view).Transform(view).GetColumn<float>("Probability").First();
        }
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named()
    {
        NetworkOptions options = Options with { ExampleWeightColumnName = "Weight" };
        WeightedRow[] rows = [.. WeightedRow.Draw(100)];
        Assert.Equal("Column Weight: row 3 has the weight -1; it must be finite and at least 0.", Wrong<DatasetException>(With(-1), options));
        Assert.Equal("Column Weight: row 3 has the weight NaN; it must be finite and at least 0.", Wrong<DatasetException>(With(float.NaN), options));
        Assert.StartsWith("The training data of TableNet: the weights of all 100 samples are 0;", Wrong<DatasetException>(rows.Select(row => row with { Weight = 0 }), options), StringComparison.Ordinal);
        Assert.StartsWith("Column Weights: it does not exist; the columns are ", Wrong<ColumnException>(rows, options with { ExampleWeightColumnName = "Weights" }), StringComparison.Ordinal);
        Assert.StartsWith("Column Label: its type is Boolean, but the weight of a row is a Single;", Wrong<ColumnException>(rows, options with { ExampleWeightColumnName = "Label" }), StringComparison.Ordinal);

        WeightedRow[] With(float weight) => [.. rows.Index().Select(row => row.Index == 3 ? row.Item with { Weight = weight } : row.Item)];
        string Wrong<TException>(IEnumerable<WeightedRow> wrong, NetworkOptions with)
            where TException : Exception => Assert.Throws<TException>(() => context.BinaryClassification.Trainers.Network<TableNet>(with).Fit(context.Data.LoadFromEnumerable(wrong))).Message;
    }

    [Fact]
    public void A_loss_of_ones_own_is_refused()
    {
        var options = new NetworkOptions { Training = new TrainingOptions { Loss = Loss.MeanSquaredError } };
        Assert.StartsWith("Training.Loss: ", Assert.Throws<TrainingOptionsException>(() => context.Regression.Trainers.Network<TableNet>(options)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IEstimator<ITransformer> Prepare() => context.Transforms.ReplaceMissingValues("Weight", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean)
        .Append(context.Transforms.Categorical.OneHotEncoding("Colours", "Colour"))
        .Append(context.Transforms.Concatenate("Features", "Size", "Weight", "Colours"));

    /// <summary>The price is thrice the size and twice the weight, and depends on the colour; a weight of twelve is missing.</summary>
    private IDataView Load(int rows)
    {
        string path = Path.Combine(folder, $"table{rows}.csv");
        var random = new Random(1);
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(row =>
        {
            (double size, double weight, int colour) = (random.NextDouble() * 100, random.NextDouble() * 10, random.Next(4));
            double price = (3 * size) + (2 * weight) + (colour * 40);
            string known = row % 12 == 7 ? "" : weight.ToString("0.000", CultureInfo.InvariantCulture);
            return FormattableString.Invariant($"{size:0.000},{known},{Colours[colour]},{price:0.000},{(size > 50 ? 1 : 0)},{(price < 190 ? 1 : 0)}");
        }).Prepend("Size,Weight,Colour,Price,Big,Cheap"));
        return context.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            Columns =
            [
                new("Size", DataKind.Single, 0), new("Weight", DataKind.Single, 1), new("Colour", DataKind.String, 2),
                new("Price", DataKind.Single, 3), new("Big", DataKind.Boolean, 4), new("Cheap", DataKind.Boolean, 5),
            ],
            MissingRealsAsNaNs = true,
        });
    }
}

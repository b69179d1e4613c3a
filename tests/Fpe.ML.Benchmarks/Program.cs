// ML.NET's own trainers beside networks, on the same features and the same rows: accuracy on the test part, seconds of Fit,
// bytes of the trainer's part of the saved model. With the argument rows: how many rows a second networks score.
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Fpe.ML;
using Fpe.ML.Benchmarks;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

if (args is ["rows"])
{
    RowsPerSecond.Measure();
    return;
}

const int Seed = 1;
var context = new MLContext(Seed);
string root = args.Length > 0 ? args[0] : ".";
Console.WriteLine("| data | trainer | test accuracy | seconds | bytes |");
Console.WriteLine("|---|---|--:|--:|--:|");
Digits();
Table();
Sections();

void Digits()
{
    IDataView all = context.Data.LoadFromTextFile(Unpack("samples/Digits/Data/digits.csv.gz"), [new("Features", DataKind.Single, 0, 63), new("Digit", DataKind.Single, 64)], separatorChar: ',');
    Multiclass("digits", all, context.Transforms.Conversion.MapValueToKey("Label", "Digit"), 1437.0 / 1797,
        new NetworkOptions { Training = new TrainingOptions { Epochs = 60, Optimizer = new Adam(3e-3) } }, (options) => context.MulticlassClassification.Trainers.Network<DigitsNet>(options), trees: true);
}

// 6,000 rows: eight numbers, one in ten of which is missing, and two categories of eight values; yes or no depends on products
// and on the pair of categories, with noise.
void Table()
{
    string path = Path.GetTempFileName();
    var random = new Random(Seed);
    File.WriteAllLines(path, Enumerable.Range(0, 6000).Select(_ =>
    {
        double[] numbers = [.. Enumerable.Range(0, 8).Select(_ => (random.NextDouble() * 2) - 1)];
        (int first, int second) = (random.Next(8), random.Next(8));
        double score = (3 * numbers[0] * numbers[1]) + numbers[2] - (2 * Math.Abs(numbers[3])) + (((first + second) % 3) - 1) + ((random.NextDouble() - 0.5) / 2) + 1;
        return string.Join(',', [.. numbers.Select(number => random.Next(10) == 0 ? "" : number.ToString("0.0000", CultureInfo.InvariantCulture)), $"a{first}", $"b{second}", score > 0 ? "1" : "0"]);
    }).Prepend("n0,n1,n2,n3,n4,n5,n6,n7,first,second,Label"));
    IDataView all = context.Data.LoadFromTextFile(path, new TextLoader.Options
    {
        HasHeader = true,
        Separators = [','],
        MissingRealsAsNaNs = true,
        Columns = [new("Numbers", DataKind.Single, 0, 7), new("First", DataKind.String, 8), new("Second", DataKind.String, 9), new("Label", DataKind.Boolean, 10)],
    });
    IEstimator<ITransformer> prepare = context.Transforms.ReplaceMissingValues("Numbers")
        .Append(context.Transforms.Categorical.OneHotEncoding("First")).Append(context.Transforms.Categorical.OneHotEncoding("Second"))
        .Append(context.Transforms.Concatenate("Features", "Numbers", "First", "Second"));
    (IDataView train, IDataView test, DataViewSchema schema) = Split(all, prepare, 0.8);
    Measure("table, missing values and categories", "SdcaLogisticRegression", context.BinaryClassification.Trainers.SdcaLogisticRegression(), Accuracy);
    Measure("", "LbfgsLogisticRegression", context.BinaryClassification.Trainers.LbfgsLogisticRegression(), Accuracy);
    Measure("", "FastTree", context.BinaryClassification.Trainers.FastTree(), Accuracy);
    Measure("", "Network<TableNet>", context.BinaryClassification.Trainers.Network<TableNet>(new NetworkOptions { Training = new TrainingOptions { Epochs = 40, Optimizer = new Adam(3e-3) } }), Accuracy);
    void Measure(string data, string name, IEstimator<ITransformer> trainer, Func<IDataView, double> accuracy) => Report(data, name, trainer, train, test, schema, accuracy);
    double Accuracy(IDataView scored) => context.BinaryClassification.EvaluateNonCalibrated(scored).Accuracy;
}

void Sections()
{
    IDataView all = context.Data.LoadFromTextFile(Unpack("samples/Paper/Data/sections.tsv.gz"), [new("Section", DataKind.String, 0), new("Text", DataKind.String, 1)], separatorChar: '\t');
    IEstimator<ITransformer> prepare = context.Transforms.Conversion.MapValueToKey("Label", "Section", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        .Append(context.Transforms.Text.NormalizeText("Text")).Append(context.Transforms.Text.ProduceHashedWordBags("Counts", "Text", numberOfBits: 11, ngramLength: 1))
        .Append(context.Transforms.NormalizeLpNorm("Features", "Counts"));
    Multiclass("sections, hashed words", all, prepare, 0.8,
        new NetworkOptions { Standardize = false, Training = new TrainingOptions { Epochs = 15, BatchSize = 128, Optimizer = new Adam(3e-3) } }, options => context.MulticlassClassification.Trainers.Network<SectionsNet>(options), trees: false);
}

void Multiclass(string data, IDataView all, IEstimator<ITransformer> prepare, double part, NetworkOptions options, Func<NetworkOptions, IEstimator<ITransformer>> network, bool trees)
{
    (IDataView train, IDataView test, DataViewSchema schema) = Split(all, prepare, part);
    Measure(data, "SdcaMaximumEntropy", context.MulticlassClassification.Trainers.SdcaMaximumEntropy());
    Measure("", "LbfgsMaximumEntropy", context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    if (trees)
        Measure("", "OneVersusAll(FastTree)", context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree()));
    string name = network(options).GetType().GenericTypeArguments[0].Name;
    Measure("", $"Network<{name}>", network(options));
    void Measure(string data, string name, IEstimator<ITransformer> trainer) =>
        Report(data, name, trainer, train, test, schema, scored => context.MulticlassClassification.Evaluate(scored).MicroAccuracy);
}

(IDataView Train, IDataView Test, DataViewSchema Schema) Split(IDataView all, IEstimator<ITransformer> prepare, double part)
{
    ITransformer prepared = prepare.Fit(all);
    DataOperationsCatalog.TrainTestData parts = context.Data.TrainTestSplit(prepared.Transform(all), 1 - part, seed: Seed);
    IDataView train = context.Data.Cache(parts.TrainSet, "Features", "Label");
    return (train, context.Data.Cache(parts.TestSet, "Features", "Label"), train.Schema);
}

void Report(string data, string name, IEstimator<ITransformer> trainer, IDataView train, IDataView test, DataViewSchema schema, Func<IDataView, double> accuracy)
{
    _ = train.GetColumn<float[]>("Features").Count();
    var clock = Stopwatch.StartNew();
    ITransformer model = trainer.Fit(train);
    TimeSpan time = clock.Elapsed;
    using var file = new MemoryStream();
    context.Model.Save(model, inputSchema: null, file);
    Console.WriteLine(FormattableString.Invariant($"| {data} | `{name}` | {100 * accuracy(model.Transform(test)):0.0} % | {time.TotalSeconds:0.0} | {file.Length:N0} |"));
}

string Unpack(string path)
{
    string unpacked = Path.GetTempFileName();
    using var source = new GZipStream(File.OpenRead(Path.Combine(root, path)), CompressionMode.Decompress);
    using FileStream target = File.Create(unpacked);
    source.CopyTo(target);
    return unpacked;
}

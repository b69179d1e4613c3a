// Trains a classifier, saves it, and predicts with it:
//
//   dotnet run                                     trains on flowers.csv
//   dotnet run -- train mine.csv                   a line per sample: its numbers, then its class, from 0
//   dotnet run -- train features.npy labels.npy    arrays of numpy.save
//   dotnet run -- predict 5.1 3.5 1.4 0.2          predicts with the trained model
//
// The names of the classes are in classes.txt, one per line.
using System.Globalization;
using Fpe;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;

const string Trained = "model.safetensors";

try
{
    return args switch
    {
        [] => Train("flowers.csv"),
        ["train", string csv] => Train(csv),
        ["train", string features, string labels] => Train(features, labels),
        ["predict", .. string[] values] => Predict(values),
        _ => Fail("write: train FILE.csv, train FEATURES.npy LABELS.npy, or predict NUMBER...")
    };
}
catch (FpeException exception)
{
    return Fail(exception.Message);
}

static int Train(string samples, string? labels = null)
{
    using var model = new Classifier(seed: 1);
    Dataset all = labels is null
        ? CsvClasses.Read(samples, model.Plan.InputCount, model.Plan.OutputCount)
        : NpyClasses.Read(samples, labels, model.Plan.OutputCount);
    (Dataset train, Dataset rest) = all.Divide("train", all.Count * 6 / 10, "rest", seed: 1);
    (Dataset validation, Dataset test) = rest.Divide("validation", rest.Count / 2, "test", seed: 1);

    model.Meaning = new ModelMeaning
    {
        ClassNames = File.ReadAllLines("classes.txt"),
        Features = Standardization.PerFeature(train),
    };
    var options = new TrainingOptions
    {
        Epochs = 100,
        Optimizer = new Adam(3e-3),
        EarlyStopping = new EarlyStopping(20),
    };
    new Trainer(options, new ConsoleObserver()).Fit(model, train, validation);
    Console.WriteLine(model.Evaluate(test));
    model.Save(Trained);
    Console.WriteLine($"saved in {Trained}: {model.WeightCount} weights");
    return 0;
}

static int Predict(string[] values)
{
    var row = new float[values.Length];
    for (int i = 0; i < row.Length; i++)
    {
        if (!float.TryParse(values[i], CultureInfo.InvariantCulture, out row[i]))
            return Fail($"'{values[i]}' is not a number");
    }

    using Classifier model = Classifier.Load(Trained);
    if (row.Length != model.Plan.InputCount)
        return Fail($"a sample has {model.Plan.InputCount} values, and {row.Length} were given");
    foreach (ClassProbability guess in model.PredictTopK(row, Math.Min(3, model.Plan.OutputCount)))
        Console.WriteLine(guess);
    return 0;
}

static int Fail(string problem)
{
    Console.Error.WriteLine(problem);
    return 2;
}

// Trains a network on embeddings, saves it, and predicts with it:
//
//   dotnet run                                           trains on made-up embeddings
//   dotnet run -- train embeddings.npy labels.npy        arrays of numpy.save: [samples, values], and classes from 0
//   dotnet run -- predict embeddings.npy                 predicts a class for each row
//
// The names of the classes are in classes.txt, one per line.
using Fpe;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Metrics;
using Fpe.Training;

const string Trained = "model.safetensors";

try
{
    return args switch
    {
        [] => Train(),
        ["train", string embeddings, string labels] => Train(embeddings, labels),
        ["predict", string embeddings] => Predict(embeddings),
        _ => Fail("write: train EMBEDDINGS.npy LABELS.npy, or predict EMBEDDINGS.npy")
    };
}
catch (FpeException exception)
{
    return Fail(exception.Message);
}

static int Train(string? embeddings = null, string? labels = null)
{
    using var model = new TopicNet(seed: 1);
    Dataset all = embeddings is null || labels is null
        ? MadeUp.Draw(800, model.Plan.InputCount, model.Plan.OutputCount)
        : NpyClasses.Read(embeddings, labels, model.Plan.OutputCount);
    (Dataset train, Dataset test) = all.Divide("train", all.Count * 8 / 10, "test", seed: 1);

    model.Meaning = new ModelMeaning
    {
        ClassNames = File.ReadAllLines("classes.txt"),
        Features = Standardization.PerFeature(train),
    };
    var options = new TrainingOptions { Epochs = 30, Optimizer = new Adam(1e-3) };
    new Trainer(options, new ConsoleObserver()).Fit(model, train);
    Console.WriteLine(model.Evaluate(test));
    model.Save(Trained);
    Console.WriteLine($"saved in {Trained}: {model.WeightCount} weights");
    return 0;
}

static int Predict(string embeddings)
{
    using TopicNet model = TopicNet.Load(Trained);
    using NpyArray rows = NpyArray.Open(embeddings);
    if (rows.Shape is not [_, long width] || width != model.Plan.InputCount)
        return Fail($"{embeddings}: shape [{string.Join(", ", rows.Shape)}] is not [samples, {model.Plan.InputCount}]");
    float[] values = rows.ToSingles();
    for (int start = 0; start < values.Length; start += model.Plan.InputCount)
        Console.WriteLine(model.PredictTopK(values.AsSpan(start, model.Plan.InputCount), 1)[0]);
    return 0;
}

static int Fail(string problem)
{
    Console.Error.WriteLine(problem);
    return 2;
}

using Fpe.ML;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Tests.Documented;

/// <summary>The code of docs/mlnet.md.</summary>
internal static class FlatProgram
{
    /// <summary>Trains, evaluates and saves.</summary>
    public static double Train(string path, string file)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView flats = mlContext.Data.LoadFromTextFile<Flat>(path, new TextLoader.Options { HasHeader = true, Separators = [','], MissingRealsAsNaNs = true });
        DataOperationsCatalog.TrainTestData parts = mlContext.Data.TrainTestSplit(flats, testFraction: 0.2);

        var pipeline = mlContext.Transforms.ReplaceMissingValues("Rooms")
            .Append(mlContext.Transforms.Categorical.OneHotEncoding("Districts", "District"))
            .Append(mlContext.Transforms.Concatenate("Features", "Size", "Rooms", "Districts"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Network<FlatNet>(new NetworkOptions
            {
                Training = new TrainingOptions { Epochs = 30, BatchSize = 16, Optimizer = new Adam(1e-2), EarlyStopping = new EarlyStopping(5) },
                ValidationFraction = 0.1,
            }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));

        ITransformer model = pipeline.Fit(parts.TrainSet);
        MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(parts.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.000}, log loss {metrics.LogLoss:0.000}");
        mlContext.Model.Save(model, flats.Schema, file);
        return metrics.MicroAccuracy;
    }

    /// <summary>Loads and predicts, in a program that does not train.</summary>
    public static FlatAnswer Predict(string file)
    {
        var mlContext = new MLContext();
        mlContext.RegisterNetwork<FlatNet>();
        ITransformer model = mlContext.Model.Load(file, out DataViewSchema schema);
        using PredictionEngine<Flat, FlatAnswer> engine = mlContext.Model.CreatePredictionEngine<Flat, FlatAnswer>(model);
        FlatAnswer answer = engine.Predict(new Flat { Size = 80, Rooms = 3, District = "harbour" });
        return answer;
    }
}

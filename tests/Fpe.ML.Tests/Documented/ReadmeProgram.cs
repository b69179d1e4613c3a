using Fpe.ML;
using LoadPipeline;
using Microsoft.ML;

namespace Fpe.ML.Tests.Documented;

/// <summary>The code of the package's README.</summary>
internal static class ReadmeProgram
{
    /// <summary>Trains and saves.</summary>
    public static void Train(IDataView train)
    {
        var mlContext = new MLContext(seed: 1);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.Network<DigitsNet>())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = pipeline.Fit(train);
        mlContext.Model.Save(model, train.Schema, "model.zip");
    }

    /// <summary>Loads, in a program that does not train.</summary>
    public static ITransformer Load()
    {
        var mlContext = new MLContext();
        mlContext.RegisterNetwork<DigitsNet>();
        ITransformer model = mlContext.Model.Load("model.zip", out DataViewSchema schema);
        return model;
    }
}

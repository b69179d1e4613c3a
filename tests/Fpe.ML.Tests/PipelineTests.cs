using System.Diagnostics;
using System.Globalization;
using Fpe.Training;
using LoadPipeline;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Tests;

/// <summary>A classifier of real digits in a pipeline of ML.NET.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly MLContext context = new(seed: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("fpe-ml-").FullName;

    private static NetworkOptions Options => new() { Training = new TrainingOptions { Epochs = 12, Optimizer = new Adam(3e-3) } };

    [Fact]
    public void Evaluation_and_key_values_are_those_of_trainers_of_ML_NET()
    {
        ITransformer model = Pipeline().Fit(Digits.View(context, Digits.Train));
        IDataView scored = model.Transform(Digits.View(context, Digits.Test));

        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(scored, predictedLabelColumnName: "Key");
        Assert.InRange(metrics.MicroAccuracy, 0.85, 1);
        Assert.InRange(metrics.LogLoss, 0.01, 0.7);

        string[] answers = [.. scored.GetColumn<string>("PredictedLabel")];
        Assert.Equal(metrics.MicroAccuracy, answers.Zip(Digits.Test, (answer, row) => answer == row.Label ? 1.0 : 0).Average(), 10);

        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema["Score"].GetSlotNames(ref slots);
        Assert.Equal(Digits.Train.Select(row => row.Label).Distinct(), slots.DenseValues().Select(name => name.ToString()));
        Assert.All(scored.GetColumn<float[]>("Score"), scores => Assert.Equal(1, scores.Sum(), 1e-5));
    }

    [Fact]
    public void A_saved_pipeline_gives_the_same_bits_in_another_process()
    {
        ITransformer model = Pipeline().Fit(Digits.View(context, Digits.Train));
        string path = Path.Combine(folder, "model.zip");
        context.Model.Save(model, Digits.View(context, Digits.Train).Schema, path);
        DigitRow[] rows = Digits.Test[..20];
        string file = Path.Combine(folder, "rows.csv");
        File.WriteAllLines(file, rows.Select(row => string.Join(',', row.Features.Select(value => value.ToString(CultureInfo.InvariantCulture)))));

        PredictionEngine<DigitRow, DigitAnswer> engine = context.Model.CreatePredictionEngine<DigitRow, DigitAnswer>(model);
        IEnumerable<string> expected = rows.Select(engine.Predict).Select(answer => $"{answer.PredictedLabel} {string.Join(' ', answer.Score.Select(BitConverter.SingleToUInt32Bits))}");
        (int code, string output, _) = Run(path, file);
        Assert.Equal(0, code);
        Assert.Equal(string.Concat(expected.Select(line => line + "\n")), output);

        (code, _, string error) = Run(path, file, "unregistered");
        Assert.NotEqual(0, code);
        Assert.Contains("Couldn't load model", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_class_that_is_not_registered_names_it()
    {
        string path = Path.Combine(folder, "model.zip");
        IDataView train = Digits.View(context, Digits.Train);
        context.Model.Save(Pipeline().Fit(train), train.Schema, path);

        var other = new MLContext();
        other.RegisterNetwork<TableNet>();
        Exception error = Assert.ThrowsAny<Exception>(() => other.Model.Load(path, out _));
        Assert.Contains("call mlContext.RegisterNetwork<DigitsNet>() before loading", error.GetBaseException().Message, StringComparison.Ordinal);

        other.RegisterNetwork<DigitsNet>();
        using var loaded = (IDisposable)other.Model.Load(path, out _);
    }

    [Fact]
    public void Cross_validation_trains_each_fold()
    {
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> folds =
            context.MulticlassClassification.CrossValidate(keyed, context.MulticlassClassification.Trainers.Network<DigitsNet>(Options), numberOfFolds: 3);
        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.8, 1));
    }

    [Fact]
    public void Permutation_feature_importance_finds_what_matters()
    {
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        NetworkTransformer model = context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed);
        var importance = context.MulticlassClassification.PermutationFeatureImportance(model, keyed);

        // The first pixel is white in all digits; the middle of the image is not.
        Assert.Equal(64, importance.Length);
        Assert.Equal(0, importance[0].MicroAccuracy.Mean);
        Assert.True(importance[36].MicroAccuracy.Mean < -0.01);
    }

    [Fact]
    public void Progress_goes_to_the_log()
    {
        var messages = new List<string>();
        context.Log += (_, entry) => messages.Add(entry.RawMessage);
        Pipeline().Fit(Digits.View(context, Digits.Train));
        Assert.Contains(messages, message => message.StartsWith("epoch 12 of 12: loss 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fit_that_is_cancelled_throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        NetworkOptions options = Options with { Cancellation = source.Token };
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        Assert.ThrowsAny<OperationCanceledException>(() => context.MulticlassClassification.Trainers.Network<DigitsNet>(options).Fit(keyed));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_early_stopping_validates_on_a_part()
    {
        NetworkOptions options = Options with { ValidationFraction = 0.2, Training = Options.Training with { Epochs = 8, EarlyStopping = new EarlyStopping(3) } };
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        float[][] Scores() => [.. context.MulticlassClassification.Trainers.Network<DigitsNet>(options).Fit(keyed).Transform(keyed).GetColumn<float[]>("Score").Take(50)];
        Assert.Equal(Scores(), Scores());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IEstimator<ITransformer> Keys() => context.Transforms.Conversion.MapValueToKey("Label");

    private IEstimator<ITransformer> Pipeline() => context.Transforms.Conversion.MapValueToKey("Label")
        .Append(context.MulticlassClassification.Trainers.Network<DigitsNet>(Options))
        .Append(context.Transforms.CopyColumns("Key", "PredictedLabel"))
        .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LoadPipeline.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

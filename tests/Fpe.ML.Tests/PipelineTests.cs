using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fpe.Checkpoints;
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
    public void A_model_that_is_saved_alone_reads_rows_as_they_were_before_it_was_standardised()
    {
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        using NetworkTransformer transformer = context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed);
        float[] expected = transformer.Transform(keyed).GetColumn<float[]>("Score").First();

        string path = Path.Combine(folder, "alone.safetensors");
        transformer.Model.Save(path);
        using DigitsNet loaded = DigitsNet.Load(path);
        float[] probabilities = loaded.PredictProbabilities(Digits.Train[0].Features);
        Assert.All(expected.Zip(probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
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

    /// <summary>Bytes of the part that has a checksum, and of what comes before it; some of these change a name or number that is still valid.</summary>
    [Fact]
    public void A_damaged_file_is_named_as_such()
    {
        string path = Path.Combine(folder, "model.zip");
        IDataView train = Digits.View(context, Digits.Train);
        NetworkOptions options = Options with { Training = Options.Training with { Epochs = 1 } };
        ITransformer model = Keys().Append(context.MulticlassClassification.Trainers.Network<DigitsNet>(options)).Fit(train);
        context.Model.Save(model, train.Schema, path);
        byte[] whole = NetworkPart.Read(path);

        for (int length = 0; length < whole.Length; length += 1 + (length / 5))
            Assert.NotNull(Damage(whole[..length]));
        Assert.NotNull(Damage([.. whole, 0]));
        int refused = 0;
        for (int at = 0; at < whole.Length; at += 1 + (at / 20))
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 0x80;
            refused += Damage(flipped) is null ? 0 : 1;
        }

        Assert.True(refused > 20);

        // In the last bytes of the weights, where only the checksum tells.
        byte[] weight = [.. whole];
        weight[^9] ^= 1;
        Assert.Contains("is damaged", Damage(weight)!.Message, StringComparison.Ordinal);

        ModelFileException? Damage(byte[] content)
        {
            NetworkPart.Replace(path, content);
            try
            {
                using var loaded = (IDisposable)context.Model.Load(path, out _);
                return null;
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                for (Exception? cause = error; cause is not null; cause = cause.InnerException)
                {
                    if (cause is ModelFileException damaged)
                        return damaged;
                    if (cause is CheckpointMismatchException or CheckpointUnsupportedException)
                        return null;
                }

                throw;
            }
        }
    }

    [Fact]
    public void Validation_keys_must_stand_for_the_same_values()
    {
        IDataView train = Keyed(Digits.Train), same = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Test));
        NetworkOptions options = Options with { Training = Options.Training with { Epochs = 1 } };
        NetworkTrainer<DigitsNet> trainer = context.MulticlassClassification.Trainers.Network<DigitsNet>(options);
        using NetworkTransformer fits = trainer.Fit(train, same);

        DigitRow[] reversed = [.. Digits.Train.Reverse()];
        string[] first = Digits.Train.Select(row => row.Label).Distinct().ToArray(), second = reversed.Select(row => row.Label).Distinct().ToArray();
        int key = Enumerable.Range(0, 10).First(i => first[i] != second[i]);
        var error = Assert.Throws<ColumnException>(() => trainer.Fit(train, Keyed(reversed)));
        Assert.Equal(
            $"Column Label: key {key + 1} stands for {first[key]} in the training data, but for {second[key]} in the validation data; map both by one fitted transform, so that they share their keys.",
            error.Message);

        IDataView Keyed(DigitRow[] rows) => Keys().Fit(Digits.View(context, rows)).Transform(Digits.View(context, rows));
    }

    [Fact]
    public void A_version_of_ML_NET_that_lacks_a_member_is_named()
    {
        var error = Assert.Throws<NotSupportedException>(() => MLNetAccess.Call(() => Missing(context)));
        string version = typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Assert.StartsWith($"Microsoft.ML {version} differs from {version}, with which Fpe.ML was built, in how transformers are created, saved and loaded; ", error.Message, StringComparison.Ordinal);
        Assert.IsType<MissingMethodException>(error.InnerException);
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
        context.Log += (_, entry) =>
        {
            if (entry.RawMessage.StartsWith("epoch 1 of", StringComparison.Ordinal))
                source.Cancel();
        };
        NetworkOptions options = Options with { Cancellation = source.Token };
        IDataView keyed = Keys().Fit(Digits.View(context, Digits.Train)).Transform(Digits.View(context, Digits.Train));
        var error = Assert.Throws<OperationCanceledException>(() => context.MulticlassClassification.Trainers.Network<DigitsNet>(options).Fit(keyed));
        Assert.Equal("The fit of DigitsNet was cancelled after 1 of 12 epochs.", error.Message);
        Assert.Equal(source.Token, error.CancellationToken);
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

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "NotThere")]
    private static extern object Missing(MLContext context);

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

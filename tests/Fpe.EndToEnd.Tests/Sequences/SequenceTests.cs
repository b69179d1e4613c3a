using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Onnx;
using Fpe.Training;

namespace Fpe.EndToEnd.Tests.Sequences;

/// <summary>Models of tokens as a user declares, trains and saves them.</summary>
public sealed class SequenceTests
{
    private const int Samples = 240;

    /// <summary>The class of a text is how often its first token comes again: never, once, or more often. A bag of tokens cannot tell.</summary>
    private static readonly Dataset Texts = TextsOf(Samples, seed: 1);

    [Fact]
    public void An_encoder_learns_what_depends_on_order()
    {
        using var model = new TextNet(seed: 2);
        Assert.Equal((TextNet.ExpandedWeights, 20 * 12 + 8 * 12), (TextNet.DenseWeights, TextNet.TableWeights));
        var options = new TrainingOptions { Epochs = 60, BatchSize = 16, ExpandAfter = 5, Optimizer = new Adam(5e-3) };
        TrainingResult result = Fit(model, options);
        Assert.True(result.Epochs[^1].TrainAccuracy > 0.9, $"{result.Epochs[^1].TrainAccuracy}");
        Assert.Equal(TextNet.ExpandedWeights, model.WeightCount);
        Assert.Equal("Blocks.1.Wide", model.Blocks[1].Wide.Name);
    }

    [Fact]
    public void Tokens_are_predicted_as_the_row_that_they_make()
    {
        using var model = new TextNet(seed: 2);
        Assert.Equal(model.Predict([3f, 7f, 3f, -1f, -1f, -1f, -1f, -1f]), model.Predict([3, 7, 3]));
        Assert.Equal("TextNet reads 1 to 8 tokens, but got 0; pass at least one. (Parameter 'tokens')", Message(() => model.Predict((int[])[])));
        Assert.Equal("TextNet reads 1 to 8 tokens, but got 9; cut the sample, or declare more tokens. (Parameter 'tokens')", Message(() => model.Predict(new int[9])));
        Assert.Equal("Token 1 is 20, but the vocabulary of TextNet is 0 to 19; map it to one of these. (Parameter 'tokens')", Message(() => model.Predict((int[])[3, 20])));
        Assert.Equal("Token 0 is -1, but the vocabulary of TextNet is 0 to 19; map it to one of these. (Parameter 'tokens')", Message(() => model.Predict((int[])[-1])));
    }

    [Fact]
    public void An_encoder_is_saved_loaded_and_exported()
    {
        using var folder = new TemporaryFolder();
        using var model = new TextNet(seed: 2);
        Fit(model, new TrainingOptions { Epochs = 2, BatchSize = 16, ExpandAfter = 1 });
        model.Save(folder["text.safetensors"]);
        using TextNet loaded = ModelFile.Load<TextNet>(folder["text.safetensors"]);
        Assert.Equal(model.Forward(Texts.Sample(5)), loaded.Forward(Texts.Sample(5)));
        OnnxExport export = Export(model, folder["text.onnx"]);
        Assert.Equal(TextNet.ExpandedWeights, export.Layers.Sum(layer => layer.Weights));
    }

    [Fact]
    public void Numbers_and_categories_are_one_model()
    {
        int[] categories = [.. Enumerable.Range(0, Samples).Select(s => s * 7 % 6)];
        float[] numbers = [.. Enumerable.Range(0, 2 * Samples).Select(i => MathF.Sin(i * i))];
        float[] targets = [.. Enumerable.Range(0, Samples).Select(s => categories[s] % 2 == 0 ? numbers[2 * s] : -numbers[2 * s])];
        Dataset data = Dataset.Join(
            "census", Dataset.OfTargets("numbers", 2, numbers, 1, targets),
            Dataset.OfTargets("categories", TokenRows.Of("categories", 2, 6, [.. categories.Select(category => (int[])[category, 5 - category])]), 1, targets));
        using var model = new CensusNet(seed: 1);
        var options = new TrainingOptions { Epochs = 80, BatchSize = 16, ExpandAfter = 5, Optimizer = new Adam(1e-2), Loss = Loss.MeanSquaredError };
        TrainingResult result = Fit(model, options, data);
        Assert.True(result.Epochs[^1].TrainLoss < 0.02, $"{result.Epochs[^1].TrainLoss}");
    }

    private static Dataset TextsOf(int samples, int seed)
    {
        var random = new Random(seed);
        var tokens = new int[samples][];
        var labels = new int[samples];
        for (int s = 0; s < samples; s++)
        {
            int[] text = [.. Enumerable.Range(0, 5 + random.Next(4)).Select(_ => random.Next(20))];
            labels[s] = s % 3;
            for (int i = 1; i < text.Length; i++)
                text[i] = i <= labels[s] ? text[0] : text[i] == text[0] ? (text[0] + 1) % 20 : text[i];
            random.Shuffle(text.AsSpan(1));
            tokens[s] = text;
        }

        return Dataset.OfClasses("texts", TokenRows.Of("texts", 8, 20, tokens), labels, 3);
    }

    private static TrainingResult Fit<TModel>(TModel model, TrainingOptions options, Dataset? data = null)
        where TModel : Model => new Trainer(options).Fit(model, data ?? Texts);

    private static OnnxExport Export<TModel>(TModel model, string path)
        where TModel : Model => model.ExportOnnx(path);

    private static string Message(Action call) => Assert.Throws<ArgumentException>(call).Message;
}

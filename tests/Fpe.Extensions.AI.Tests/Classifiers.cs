using Fpe.Training;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Classifiers of topics.</summary>
internal static class Classifiers
{
    public static TextClassifierOptions Options { get; } = new() { Training = new TrainingOptions { Epochs = 30, BatchSize = 16, Optimizer = new Adam(5e-3) } };

    /// <summary>Trains a classifier of the three topics on 40 sentences of each.</summary>
    public static Task<TextClassifier<TModel>> TrainAsync<TModel>(TextClassifierOptions? options = null, GramGenerator? generator = null)
        where TModel : Model, IModel<TModel>
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 40);
        return TextClassifier.TrainAsync<TModel>(generator ?? new GramGenerator(), texts, labels, options ?? Options);
    }

    /// <summary>Returns the accuracy on sentences of topics that nothing was trained on.</summary>
    public static async Task<double> AccuracyAsync<TModel>(this TextClassifier<TModel> classifier, params string[] topics)
        where TModel : Model, IModel<TModel>
    {
        (string[] texts, string[] labels) = Topics.Of(topics, 20, first: 200);
        return (await classifier.EvaluateAsync(texts, labels)).Accuracy;
    }

    /// <summary>Returns all weights and biases.</summary>
    public static double[] Values<TModel>(this TextClassifier<TModel> classifier)
        where TModel : Model, IModel<TModel> =>
        [.. classifier.Model.Layers.OfType<Linear>().SelectMany(layer => layer.ReadWeights().Concat(layer.ReadBiases()))];
}

using Fpe.Data;
using Fpe.Training;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests;

/// <summary>What a classifier refuses, in one sentence each.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData(new[] { "a", " " }, new[] { "x", "y" }, "The training texts: text 1 is empty; leave it out.")]
    [InlineData(new[] { "a", "b" }, new[] { "x", "" }, "The training texts: the label of text 1 is empty; name its class, or leave the text out.")]
    [InlineData(new[] { "a", "b" }, new[] { "x" }, "The training texts: there are 2 texts, but 1 labels; pass one for each.")]
    [InlineData(new string[0], new string[0], "The training texts: there are none; pass at least one.")]
    [InlineData(new[] { "a", "b" }, new[] { "x", "x" }, "The training texts: all have the label 'x', so there is nothing to learn; add texts of another class.")]
    [InlineData(new[] { "a", "b" }, new[] { "x", "y" }, "The training texts: there are 2 classes, but TopicNet has 3 outputs; give its last layer 2 neurons.")]
    public async Task Texts_and_labels(string[] texts, string[] labels, string message) =>
        Assert.Equal(message, (await RefusedAsync<DatasetException>(new GramGenerator(), texts, labels)).Message);

    [Theory]
    [InlineData(new[] { "fruit", "music" }, "The training texts: the label of text 2 is 'tools', which is none of the 2 classes; correct it, or add it to the class names.")]
    [InlineData(new[] { "fruit", "music", "tools", "weather" }, "The training texts: there are 4 classes, but TopicNet has 3 outputs; give its last layer 4 neurons.")]
    [InlineData(new[] { "fruit", "music", "fruit" }, "The training texts: two classes are named 'fruit'; give each its own name.")]
    [InlineData(new[] { "fruit", "music", "" }, "The training texts: the name of class 2 is empty; give it one.")]
    public async Task Class_names(string[] names, string message)
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 20);
        Assert.Equal(message, (await RefusedAsync<DatasetException>(new GramGenerator(), texts, labels, Classifiers.Options with { ClassNames = names })).Message);
    }

    [Fact]
    public async Task A_class_without_texts()
    {
        (string[] texts, string[] labels) = Topics.Of(["fruit", "music"], 20);
        TextClassifierOptions options = Classifiers.Options with { ClassNames = Topics.Three };
        Assert.Equal(
            "The training texts: class 'tools' has no examples; add texts, or remove it from the class names.",
            (await RefusedAsync<DatasetException>(new GramGenerator(), texts, labels, options)).Message);
    }

    [Fact]
    public async Task Options()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 20);
        await RefusedOptionAsync(Classifiers.Options with { EmbeddingBatchSize = 0 }, "EmbeddingBatchSize: 0 is out of range; it must be at least 1.");
        await RefusedOptionAsync(Classifiers.Options with { ValidationFraction = 1 }, "ValidationFraction: 1 is out of range; it must be at least 0 and less than 1.");
        await RefusedOptionAsync(Classifiers.Options with { ExamplesPerClass = -1 }, "ExamplesPerClass: -1 is out of range; it must be at least 0.");
        await RefusedOptionAsync(Classifiers.Options with { Training = new TrainingOptions { Epochs = 0 } }, "Epochs: 0 is out of range; it must be at least 1.");

        async Task RefusedOptionAsync(TextClassifierOptions options, string message)
        {
            var generator = new GramGenerator();
            Assert.Equal(message, (await RefusedAsync<TrainingOptionsException>(generator, texts, labels, options)).Message);
            Assert.Empty(generator.Embedded);
        }
    }

    [Fact]
    public async Task A_fraction_that_leaves_no_text_to_validate_on()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 30);
        Assert.Equal(90, texts.Length);
        TextClassifierOptions options = Classifiers.Options with { ValidationFraction = 0.01 };
        Assert.Equal(
            "ValidationFraction: 0.01 of 90 examples is less than one, which leaves none to validate on; use more than 1/90, more texts, or 0.",
            (await RefusedAsync<TrainingOptionsException>(new GramGenerator(), texts, labels, options)).Message);
        using TextClassifier<TopicNet> classifier = await TextClassifier.TrainAsync<TopicNet>(new GramGenerator(), texts, labels, options with { ValidationFraction = 1 / 90.0 });
    }

    [Fact]
    public async Task A_generator_of_another_width_before_it_is_asked()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 20);
        var generator = new GramGenerator(width: 32);
        const string Message = "Generator tests/grams-64: its embeddings have 32 values, but TopicNet reads 64; declare [Model(inputs: 32)], or use another generator.";
        Assert.Equal(Message, (await RefusedAsync<EmbeddingException>(generator, texts, labels)).Message);
        Assert.Empty(generator.Embedded);
        Assert.Equal(Message, (await RefusedAsync<EmbeddingException>(new GramGenerator(width: 32) { NamesWidth = false }, texts, labels)).Message);
    }

    [Fact]
    public async Task A_generator_without_identity()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 20);
        Assert.Equal(
            "Generator GramGenerator: it does not say which model it uses (EmbeddingGeneratorMetadata.DefaultModelId), so its embeddings cannot be told from those of other models; pass a generatorId with the name and version of the model.",
            (await RefusedAsync<EmbeddingException>(new GramGenerator(model: null), texts, labels)).Message);
        using TextClassifier<TopicNet> classifier = await TextClassifier.TrainAsync<TopicNet>(new GramGenerator(model: null), texts, labels, Classifiers.Options with { GeneratorId = "mine 2" });
        Assert.Equal("mine 2", classifier.GeneratorId);
    }

    [Fact]
    public async Task What_a_faulty_generator_returns()
    {
        await FaultyAsync(all => all.SkipLast(1), "it returned 63 embeddings for 64 texts, but must return one for each; fix the generator.");
        await FaultyAsync(all => all.Append(all[0]), "it returned 65 embeddings for 64 texts, but must return one for each; fix the generator.");
        await FaultyAsync(_ => null, "it returned 0 embeddings for 64 texts, but must return one for each; fix the generator.");
        await FaultyAsync(all => With(all, 2, new Embedding<float>(new float[] { 1, 2 })), "its embedding of 'a hammer and a wrench' has 2 values, but that of 'a apple and a banana' has 64; fix the generator.");
        await FaultyAsync(all => With(all, 1, new Embedding<float>(ReadOnlyMemory<float>.Empty)), "its embedding of 'a violin and a trumpet' has no values; fix the generator.");
        await FaultyAsync(all => With(all, 1, null!), "its embedding of 'a violin and a trumpet' has no values; fix the generator.");
        foreach (float value in new[] { float.NaN, float.PositiveInfinity })
        {
            float[] vector = new GramGenerator().VectorOf("x");
            vector[5] = value;
            await FaultyAsync(
                all => With(all, 1, new Embedding<float>(vector)),
                FormattableString.Invariant($"value 5 of its embedding of 'a violin and a trumpet' is {value}; leave the text out, or fix the generator."));
        }

        static List<Embedding<float>> With(List<Embedding<float>> all, int index, Embedding<float> other)
        {
            all[index] = other;
            return all;
        }
    }

    [Fact]
    public async Task A_text_to_predict_that_is_empty()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        Assert.Equal("The texts to predict: text 0 is empty; leave it out.", (await Assert.ThrowsAsync<DatasetException>(() => classifier.PredictAsync(" "))).Message);
        Assert.Equal("The texts to predict: there are none; pass at least one.", (await Assert.ThrowsAsync<DatasetException>(() => classifier.PredictAsync([]))).Message);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => classifier.PredictTopKAsync("a mango", 4));
    }

    [Fact]
    public async Task A_classifier_that_was_disposed()
    {
        TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        classifier.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.PredictAsync("a mango"));
    }

    private static async Task FaultyAsync(Func<List<Embedding<float>>, IEnumerable<Embedding<float>>?> change, string problem)
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 40);
        Assert.Equal($"Generator tests/grams-64: {problem}", (await RefusedAsync<EmbeddingException>(new ChangedGenerator(change), texts, labels)).Message);
    }

    private static Task<TException> RefusedAsync<TException>(
        IEmbeddingGenerator<string, Embedding<float>> generator, string[] texts, string[] labels, TextClassifierOptions? options = null)
        where TException : Exception =>
        Assert.ThrowsAsync<TException>(() => TextClassifier.TrainAsync<TopicNet>(generator, texts, labels, options ?? Classifiers.Options));
}

using Fpe.Checkpoints;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Classifiers in files.</summary>
public sealed class SavingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "topics.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task One_file_has_all_that_a_prediction_needs()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        classifier.Save(File);
        Assert.Equal([File], Directory.GetFiles(folder.FullName));
        using TextClassifier<TopicNet> loaded = TextClassifier.Load<TopicNet>(File, new GramGenerator());
        Assert.Equal((classifier.GeneratorId, 3), (loaded.GeneratorId, loaded.Classes.Count));
        (string[] texts, _) = Topics.Of(Topics.Three, 10, first: 200);
        Assert.Equal(await classifier.PredictAsync(texts), await loaded.PredictAsync(texts));
    }

    [Fact]
    public async Task It_is_a_model_file_as_any_other()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        classifier.Save(File);
        using TopicNet model = ModelFile.Load<TopicNet>(File);
        Assert.Equal("fruit", model.PredictName(new GramGenerator().VectorOf("a mango and a cherry")));
    }

    [Fact]
    public async Task Another_generator_is_refused()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        classifier.Save(File);
        Assert.Equal(
            $"Generator tests/words-64: {File} was trained on embeddings of tests/grams-64, which mean something else; load it with that generator, or train again.",
            Assert.Throws<EmbeddingException>(() => TextClassifier.Load<TopicNet>(File, new GramGenerator(model: "words-64"))).Message);
        Assert.Equal(
            "Generator tests/grams-64: its embeddings have 32 values, but TopicNet reads 64; declare [Model(inputs: 32)], or use another generator.",
            Assert.Throws<EmbeddingException>(() => TextClassifier.Load<TopicNet>(File, new GramGenerator(width: 32))).Message);
        using TextClassifier<TopicNet> loaded = TextClassifier.Load<TopicNet>(File, new GramGenerator(model: null), generatorId: "tests/grams-64");
        Assert.Equal("fruit", (await loaded.PredictAsync("a mango and a cherry")).Name);
    }

    [Fact]
    public void A_model_that_is_no_text_classifier_is_refused()
    {
        using var model = new TopicNet(seed: 1);
        model.Save(File);
        Assert.Equal(
            $"{File}: it has a model, but no names of classes and identity of an embedding generator; load it with Load of the model, or save a TextClassifier.",
            Assert.Throws<CheckpointMismatchException>(() => TextClassifier.Load<TopicNet>(File, new GramGenerator())).Message);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        classifier.Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^5] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Throws<CheckpointFormatException>(() => TextClassifier.Load<TopicNet>(File, new GramGenerator()));
    }
}

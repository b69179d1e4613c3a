using Fpe.Data;
using Fpe.Training;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Classifiers that learn more.</summary>
public sealed class UpdateTests
{
    private static readonly (string[] Texts, string[] Labels) NewWords = (
        ["a kiwi and a lychee", "the kiwi beside the lychee", "more of lychee than of kiwi", "lychee, kiwi and the like"],
        ["fruit", "fruit", "fruit", "fruit"]);

    [Fact]
    public async Task New_examples_are_learned_and_old_ones_are_not_forgotten()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        double[] before = classifier.Values();
        using TextClassifier<TopicNet> updated = await classifier.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options);
        Assert.True(await updated.AccuracyAsync(Topics.Three) >= 0.95);
        Assert.Equal(["fruit", "fruit", "fruit", "fruit"], (await updated.PredictAsync(NewWords.Texts)).Select(guess => guess.Name));
        Assert.Equal(TopicNet.ExpandedWeights, updated.Model.WeightCount);
        Assert.Equal(classifier.Model.Meaning, updated.Model.Meaning);
        Assert.Equal(before, classifier.Values());
    }

    [Fact]
    public async Task Examples_are_kept_up_to_the_number_of_a_class()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { ExamplesPerClass = 15 });
        Assert.Equal(45, classifier.ExampleCount);
        using TextClassifier<TopicNet> updated = await classifier.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options with { ExamplesPerClass = 17 });
        Assert.Equal(17 + 15 + 15, updated.ExampleCount);
    }

    [Fact]
    public async Task A_class_that_would_be_forgotten_is_refused()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { ExamplesPerClass = 0 });
        Assert.Equal(0, classifier.ExampleCount);
        Assert.Equal(
            "The texts of the update: class 'music' has no examples; the update would forget it; add texts of it, or train with ExamplesPerClass above 0.",
            (await Assert.ThrowsAsync<DatasetException>(() => classifier.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options))).Message);
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 10, first: 60);
        using TextClassifier<TopicNet> updated = await classifier.UpdateAsync(texts, labels, Classifiers.Options);
        Assert.True(await updated.AccuracyAsync(Topics.Three) >= 0.95);
    }

    [Fact]
    public async Task A_new_class_needs_a_model_with_more_outputs()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        (string[] texts, string[] labels) = Topics.Of(["fruit", Topics.Fourth], 20);
        Assert.Equal(
            "The texts of the update: the label of text 1 is 'weather', which is none of the 3 classes; correct it, or declare a model with 4 outputs or more and call UpdateAsync with it.",
            (await Assert.ThrowsAsync<DatasetException>(() => classifier.UpdateAsync(texts, labels, Classifiers.Options))).Message);

        using TextClassifier<FourTopicNet> updated = await classifier.UpdateAsync<FourTopicNet>(texts, labels, Classifiers.Options);
        Assert.Equal(["fruit", "music", "tools", "weather"], updated.Classes);
        Assert.Equal(FourTopicNet.ExpandedWeights, updated.Model.WeightCount);
        Assert.True(await updated.AccuracyAsync([.. Topics.Three, Topics.Fourth]) >= 0.95);
        Assert.Equal((GramGenerator.Width, classifier.GeneratorId), (updated.Model.Meaning.Features!.FeatureCount, updated.GeneratorId));
    }

    [Fact]
    public async Task A_model_that_learns_its_edges_keeps_its_budget()
    {
        using TextClassifier<LinearTopicNet> classifier = await Classifiers.TrainAsync<LinearTopicNet>();
        Assert.Equal(LinearTopicNet.ExpandedWeights, classifier.Model.WeightCount);
        using TextClassifier<LinearTopicNet> updated = await classifier.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options);
        Assert.Equal(LinearTopicNet.ExpandedWeights, updated.Model.WeightCount);
        Assert.True(await updated.AccuracyAsync(Topics.Three) >= 0.95);

        (string[] texts, string[] labels) = Topics.Of([Topics.Fourth], 20);
        using TextClassifier<LinearFourTopicNet> wider = await updated.UpdateAsync<LinearFourTopicNet>(texts, labels, Classifiers.Options);
        Assert.Equal(128, wider.Model.WeightCount);
        Assert.True(await wider.AccuracyAsync([.. Topics.Three, Topics.Fourth]) >= 0.9);
    }

    [Fact]
    public async Task A_dense_parent_grows_as_well()
    {
        TextClassifierOptions dense = Classifiers.Options with { Training = Classifiers.Options.Training with { ExpandAfter = null } };
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(dense);
        (string[] texts, string[] labels) = Topics.Of([Topics.Fourth], 20);
        using TextClassifier<FourTopicNet> updated = await classifier.UpdateAsync<FourTopicNet>(texts, labels, dense);
        Assert.False(updated.Model.IsExpanded);
        Assert.True(await updated.AccuracyAsync([.. Topics.Three, Topics.Fourth]) >= 0.95);
    }

    [Fact]
    public async Task What_an_update_cannot_do_is_refused()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        (string[] texts, string[] labels) = Topics.Of([Topics.Fourth, "fruit"], 5);
        string[] two = [.. labels.Select((label, i) => i == 0 ? "sport" : label)];
        await RefusedAsync<DatasetException>(
            classifier.UpdateAsync<FourTopicNet>(texts, two, Classifiers.Options),
            "The texts of the update: with 2 new classes there are 5, but FourTopicNet has 4 outputs; give its last layer 5 neurons.");
        await RefusedAsync<DatasetException>(
            classifier.UpdateAsync<FourTopicNet>(texts, labels, Classifiers.Options with { ClassNames = ["weather", "fruit", "music", "tools"] }),
            "The texts of the update: the class names must begin with the 3 that the classifier knows, in their order; append new ones.");
        await RefusedAsync<EmbeddingException>(
            classifier.UpdateAsync<FourTopicNet>(texts, labels, Classifiers.Options with { GeneratorId = "other" }),
            "Generator other: the classifier was trained on embeddings of tests/grams-64; leave GeneratorId out, or train again.");
        Assert.StartsWith(
            "TopicNet has 2 layers, but LinearFourTopicNet has 1.",
            (await Assert.ThrowsAsync<ArgumentException>(() => classifier.UpdateAsync<LinearFourTopicNet>(texts, labels, Classifiers.Options))).Message, StringComparison.Ordinal);

        static async Task RefusedAsync<TException>(Task task, string message)
            where TException : Exception => Assert.Equal(message, (await Assert.ThrowsAsync<TException>(() => task)).Message);
    }

    [Fact]
    public async Task A_classifier_that_was_loaded_remembers()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            string file = Path.Combine(folder.FullName, "topics.safetensors");
            using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
            classifier.Save(file);
            using TextClassifier<TopicNet> loaded = TextClassifier.Load<TopicNet>(file, new GramGenerator());
            Assert.Equal(120, loaded.ExampleCount);
            using TextClassifier<TopicNet> one = await classifier.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options);
            using TextClassifier<TopicNet> other = await loaded.UpdateAsync(NewWords.Texts, NewWords.Labels, Classifiers.Options);
            Assert.Equal(one.Values(), other.Values());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

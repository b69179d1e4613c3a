using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Training, prediction and evaluation.</summary>
public sealed class TrainingTests
{
    [Fact]
    public async Task It_learns_topics_and_answers_with_names_and_probabilities()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        Assert.Equal(Topics.Three, classifier.Classes);
        Assert.Equal("tests/grams-64", classifier.GeneratorId);
        Assert.True(await classifier.AccuracyAsync(Topics.Three) >= 0.95);
        Assert.Equal(TopicNet.ExpandedWeights, classifier.Model.WeightCount);

        ClassProbability guess = await classifier.PredictAsync("a mango and a cherry");
        Assert.Equal((0, "fruit"), (guess.Index, guess.Name));
        Assert.InRange(guess.Probability, 0.5f, 1);
        ClassProbability[] all = await classifier.PredictTopKAsync("a mango and a cherry", 3);
        Assert.Equal(guess, all[0]);
        Assert.Equal(1, all.Sum(one => one.Probability), 1e-5);
        Assert.Equal(all.OrderByDescending(one => one.Probability), all);
    }

    [Fact]
    public async Task Texts_that_are_predicted_together_get_what_they_get_alone()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        (string[] texts, _) = Topics.Of(Topics.Three, 30, first: 200);
        ClassProbability[] together = await classifier.PredictAsync(texts);
        Assert.Equal(90, together.Length);
        for (int i = 0; i < texts.Length; i++)
            Assert.Equal(await classifier.PredictAsync(texts[i]), together[i]);
    }

    [Fact]
    public async Task Below_the_threshold_there_is_no_class()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        string[] texts = ["a mango and a cherry", "qwxz 0451"];
        ClassProbability[] guesses = await classifier.PredictAsync(texts);
        float least = guesses.Min(guess => guess.Probability);
        float between = guesses.Average(guess => guess.Probability);
        ClassProbability?[] some = await classifier.PredictAsync(texts, between);
        Assert.Equal(guesses.Select(guess => guess.Probability >= between ? guess : (ClassProbability?)null), some);
        Assert.Single(some, guess => guess is null);
        Assert.DoesNotContain(await classifier.PredictAsync(texts, least), guess => guess is null);
        Assert.Equal(some[0], await classifier.PredictAsync(texts[0], between));
        foreach (double threshold in new[] { 0, 1, double.NaN })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => classifier.PredictAsync(texts, threshold));
    }

    [Fact]
    public async Task It_is_measured_as_any_model()
    {
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>();
        MetricReport report = await classifier.EvaluateAsync(["a mango", "a violin", "a cello"], ["fruit", "music", "fruit"]);
        Assert.Equal(2 / 3d, report.Accuracy, 1e-9);
        Assert.Equal(1, report.ConfusionMatrix[0, 1]);
        Assert.Equal(
            "The texts to evaluate: the label of text 1 is 'sport', which is none of the 3 classes; correct it, or leave the text out.",
            (await Assert.ThrowsAsync<DatasetException>(() => classifier.EvaluateAsync(["a mango", "a goal"], ["fruit", "sport"]))).Message);
    }

    [Fact]
    public async Task One_output_is_enough_for_two_topics()
    {
        (string[] texts, string[] labels) = Topics.Of(["music", "fruit"], 40);
        using TextClassifier<PairNet> classifier = await TextClassifier.TrainAsync<PairNet>(new GramGenerator(), texts, labels, Classifiers.Options);
        Assert.Equal(ModelTask.BinaryClassification, classifier.Model.Meaning.Task);
        Assert.Equal(["fruit", "music"], classifier.Classes);
        Assert.True(await classifier.AccuracyAsync("fruit", "music") >= 0.95);
        Assert.Equal("music", (await classifier.PredictAsync("the violin beside the cello")).Name);
        Assert.Equal("fruit", (await classifier.PredictAsync("the mango beside the cherry")).Name);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bits()
    {
        async Task<double[]> ValuesAsync(long seed)
        {
            using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { Seed = seed });
            return classifier.Values();
        }

        double[] first = await ValuesAsync(7);
        Assert.Equal(first, await ValuesAsync(7));
        Assert.NotEqual(first, await ValuesAsync(8));
    }

    [Fact]
    public async Task The_order_of_the_names_is_that_of_the_outputs()
    {
        string[] names = ["tools", "fruit", "music"];
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { ClassNames = names });
        Assert.Equal(names, classifier.Classes);
        Assert.Equal((1, "fruit"), (await classifier.PredictAsync("a mango and a cherry")) is var guess ? (guess.Index, guess.Name) : default);
    }

    [Fact]
    public async Task Texts_go_to_the_generator_in_batches()
    {
        var generator = new GramGenerator();
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { EmbeddingBatchSize = 50 }, generator);
        Assert.Equal(50, generator.LargestCall);
        Assert.Equal(Topics.Of(Topics.Three, 40).Texts, generator.Embedded);
    }

    [Fact]
    public async Task Embeddings_are_standardised_unless_it_is_turned_off()
    {
        using TextClassifier<TopicNet> standardised = await Classifiers.TrainAsync<TopicNet>();
        using TextClassifier<TopicNet> raw = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with { Standardize = false });
        Assert.Equal(GramGenerator.Width, standardised.Model.Meaning.Features!.FeatureCount);
        Assert.Null(raw.Model.Meaning.Features);
    }

    [Fact]
    public async Task Early_stopping_has_a_validation_part()
    {
        var epochs = new EpochList();
        using TextClassifier<TopicNet> classifier = await Classifiers.TrainAsync<TopicNet>(Classifiers.Options with
        {
            Training = Classifiers.Options.Training with { EarlyStopping = new EarlyStopping(3) },
            ValidationFraction = 0.2,
            Observers = [epochs],
        });
        Assert.All(epochs, report => Assert.NotNull(report.Validation));
        Assert.True(await classifier.AccuracyAsync(Topics.Three) >= 0.9);
    }

    [Fact]
    public async Task It_can_be_cancelled_while_it_embeds_and_while_it_trains()
    {
        (string[] texts, string[] labels) = Topics.Of(Topics.Three, 40);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TextClassifier.TrainAsync<TopicNet>(new GramGenerator(), texts, labels, Classifiers.Options, cancelled.Token));

        using var later = new CancellationTokenSource();
        TextClassifierOptions options = Classifiers.Options with { Observers = [new CancelAfter(2, later)] };
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => TextClassifier.TrainAsync<TopicNet>(new GramGenerator(), texts, labels, options, later.Token));
        Assert.Equal("The training of TopicNet was cancelled after 2 of 30 epochs.", error.Message);
        Assert.Equal(later.Token, error.CancellationToken);
    }

    private sealed class EpochList : List<EpochReport>, ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report) => Add(report);
    }

    private sealed class CancelAfter(int epochs, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epochs)
                source.Cancel();
        }
    }
}

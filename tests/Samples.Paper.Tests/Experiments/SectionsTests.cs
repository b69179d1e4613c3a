using Fpe.Data;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Tests.Experiments;

public class SectionsTests
{
    [Fact]
    public void Words_are_counted_whatever_their_order_case_and_punctuation()
    {
        float[] features = Features("fast Sorting library (sorting)");

        Assert.Equal(features, Features("library, SORTING: sorting/fast"));
        Assert.NotEqual(features, Features("fast sorting library"));
        Assert.Equal(1, features.Sum(feature => feature * feature), 1e-6);
        Assert.All(Features(" -- "), feature => Assert.Equal(0, feature));
    }

    [Fact]
    public void Words_have_the_places_and_signs_that_they_always_had()
    {
        // FNV-1a of "a": (14695981039346656037 ^ 97) · 1099511628211 mod 2⁶⁴ = 12638187200555641996
        float[] features = Features("A");
        Assert.Equal(1, features[(int)(12638187200555641996 / 2 % 384)]);
        Assert.Single(features, feature => feature != 0);
    }

    [Fact]
    public void Without_a_file_the_descriptions_are_read_as_words()
    {
        PreparedExperiment prepared = new SectionsExperiment().Prepare(new Request { Form = Form.Quick });
        Setting setting = prepared.Plan.Runs[0].Setting;
        TaskData data = prepared.Task.DataOf(setting, seed: 0);

        Assert.Equal(("hashed-words", 17_600, 4_400), (setting.Data, data.Train.Count, data.Test.Count));
        Assert.Equal((384, 54), (data.Train.FeatureCount, data.Train.OutputCount));
        Assert.Equal(54, Enumerable.Range(0, data.Train.Count).Select(data.Train.Label).Distinct().Count());
        Assert.Equal(1752, prepared.Task.PlanOf(setting, Fpe.Expansion.ExpansionPlan.None).DenseWeights);
    }

    [Fact]
    public void Embeddings_of_other_data_are_refused_and_those_of_the_descriptions_taken()
    {
        Dataset words = SectionTexts.ToHashedWords();
        int[] labels = [.. Enumerable.Range(0, words.Count).Select(words.Label)];
        SectionTexts.RequireOwn(Of(labels), "x.npy");

        Assert.Equal("x.npy has 3 samples, but there are 22,000 descriptions; embeddings of other data are for `embeddings`.", Refused(labels[..3]));
        labels[7] = (labels[7] + 1) % 54;
        Assert.StartsWith("x.npy: sample 7 is of class ", Refused(labels), StringComparison.Ordinal);

        static Dataset Of(int[] labels) => Dataset.OfClasses("x", 1, new float[labels.Length], labels, 54);
        static string Refused(int[] labels) => Assert.Throws<ExperimentException>(() => SectionTexts.RequireOwn(Of(labels), "x.npy")).Message;
    }

    [Fact]
    public void A_file_of_embeddings_is_that_of_one_experiment()
    {
        var request = new Request { Data = "x.npz" };
        Assert.Equal(("x.npz", null), (request.FileOf("embeddings"), request.FileOf("sections")));
        Assert.Equal((null, "x.npz"), ((request with { EmbeddingsOf = "sections" }).FileOf("embeddings"), (request with { EmbeddingsOf = "sections" }).FileOf("sections")));
    }

    private static float[] Features(string text)
    {
        var features = new float[HashedWords.FeatureCount];
        HashedWords.Write(text, features);
        return features;
    }
}

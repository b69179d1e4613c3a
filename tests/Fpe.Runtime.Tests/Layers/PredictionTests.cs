using Fpe.Data;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>What is predicted for each task, from logits that are the samples themselves.</summary>
public class PredictionTests
{
    // Softmax of (0, ln 2, ln 5) is (1, 2, 5) / 8, and the sigmoid of ln 3 is 3/4.
    private static readonly float Ln2 = MathF.Log(2);
    private static readonly float Ln3 = MathF.Log(3);
    private static readonly float Ln5 = MathF.Log(5);

    private static ModelMeaning Meaning(ModelTask task) => new() { Task = task };

    [Fact]
    public void Classification_predicts_the_most_probable_class_with_the_softmax()
    {
        using PlannedModel model = LinearModels.Identity(3);
        model.Meaning = Meaning(ModelTask.Classification) with { ClassNames = ["ant", "bee", "cat"] };
        float[] batch = [0, Ln2, Ln5, Ln5, 0, Ln2];

        Assert.Equal(2, model.Predict(batch.AsSpan(0, 3)));
        Assert.Equal("cat", model.PredictName(batch.AsSpan(0, 3)));
        Assert.Equal([2, 0], model.PredictClasses(batch));
        var classes = new int[2];
        model.Predict(batch, classes);
        Assert.Equal([2, 0], classes);
        AssertClose([0.125f, 0.25f, 0.625f, 0.625f, 0.125f, 0.25f], model.PredictProbabilities(batch));

        ClassProbability[] top = model.PredictTopK(batch.AsSpan(3, 3), 2);
        Assert.Equal([(0, "ant"), (2, "cat")], top.Select(entry => (entry.Index, entry.Name!)));
        AssertClose([0.625f, 0.25f], [.. top.Select(entry => entry.Probability)]);
        Assert.Equal("ant 62.5 %", top[0].ToString());
    }

    [Fact]
    public void Probabilities_of_large_logits_are_finite()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = Meaning(ModelTask.Classification);
        Assert.Equal([1, 0, 0.5f, 0.5f], model.PredictProbabilities([1e30f, -1e30f, 3e38f, 3e38f]));
        model.Meaning = Meaning(ModelTask.MultiLabel);
        Assert.Equal([1, 0], model.PredictProbabilities([1e30f, -1e30f]));
    }

    [Fact]
    public void Binary_classification_predicts_0_or_1_by_the_threshold()
    {
        using PlannedModel model = LinearModels.Identity(1);
        model.Meaning = Meaning(ModelTask.BinaryClassification) with { ClassNames = ["no", "yes"] };
        float[] batch = [Ln3, -Ln3, 0];
        Assert.Equal([1, 0, 0], model.PredictClasses(batch));
        AssertClose([0.75f, 0.25f, 0.5f], model.PredictProbabilities(batch));
        Assert.Equal("yes", model.PredictName([Ln3]));
        ClassProbability[] top = model.PredictTopK([-Ln3], 2);
        Assert.Equal([(0, "no"), (1, "yes")], top.Select(entry => (entry.Index, entry.Name!)));
        AssertClose([0.75f, 0.25f], [.. top.Select(entry => entry.Probability)]);

        model.Meaning = model.Meaning with { Threshold = 0.8 };
        Assert.Equal([0, 0, 0], model.PredictClasses(batch));
        model.Meaning = model.Meaning with { Threshold = 0.2 };
        Assert.Equal([1, 1, 1], model.PredictClasses(batch));
    }

    [Fact]
    public void Multi_label_classification_predicts_a_set()
    {
        using PlannedModel model = LinearModels.Identity(3);
        model.Meaning = Meaning(ModelTask.MultiLabel) with { Threshold = 0.7 };
        Assert.Equal([0, 2], model.PredictLabels([Ln3, 0, 5]));
        Assert.Equal([], model.PredictLabels([-1, 0, Ln2]));
        var labels = new bool[6];
        model.Predict([Ln3, 0, 5, -1, 0, Ln2], labels);
        Assert.Equal([true, false, true, false, false, false], labels);
        AssertClose([0.75f, 0.5f, 0.25f], model.PredictProbabilities([Ln3, 0, -Ln3]));
        Assert.Equal([2, 0, 1], model.PredictTopK([1f, 0, 2], 3).Select(entry => entry.Index));
    }

    [Fact]
    public void Regression_predicts_numbers_in_the_units_of_the_targets()
    {
        // Means 100 and −1, deviations 50 and 2.
        Dataset train = Dataset.OfTargets("train", 1, [0, 1], 2, [50, -3, 150, 1]);
        using PlannedModel model = LinearModels.Of(1, [1, 2]);
        model.Meaning = Meaning(ModelTask.Regression);
        Assert.Equal([0.5f, 1, -1, -2], model.PredictValues([0.5f, -1]));

        model.Meaning = model.Meaning with { Targets = Standardization.OfTargets(train) };
        Assert.Equal([125, 1, 50, -5], model.PredictValues([0.5f, -1]));
        var values = new float[2];
        model.Predict([0.5f], values);
        Assert.Equal([125, 1], values);
    }

    [Fact]
    public void Samples_are_standardised_as_the_model_says()
    {
        // Means 3 and 10, deviations 1 and 5.
        Dataset train = Dataset.OfClasses("train", 2, [2, 5, 4, 15], [0, 1], 2);
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression, Features = Standardization.PerFeature(train) };
        Assert.Equal([0, 0, 2, -1], model.PredictValues([3, 10, 5, 5]));
        Assert.Equal([3, 10], model.Outputs([3, 10]));
    }

    [Theory]
    [InlineData(ModelTask.MultiLabel, "LinearNet: its task is multi-label classification, which predicts no single class; call PredictLabels.")]
    [InlineData(ModelTask.Regression, "LinearNet: its task is regression, which predicts no single class; call PredictValues.")]
    public void A_task_without_a_single_class_is_no_class_0(ModelTask task, string message)
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = Meaning(task);
        Assert.Equal(message, Assert.Throws<TaskMismatchException>(() => model.Predict([0, 1])).Message);
        Assert.Equal(message, Assert.Throws<TaskMismatchException>(() => model.PredictClasses([0, 1])).Message);
    }

    [Fact]
    public void What_a_task_does_not_predict_is_named_with_what_it_does()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = Meaning(ModelTask.Classification);
        Assert.Equal("LinearNet: its task is classification, but values are predicted by regression; call PredictClasses.", Assert.Throws<TaskMismatchException>(() => model.PredictValues([0, 1])).Message);
        Assert.Equal("LinearNet: its task is classification, but labels are predicted by multi-label classification; call PredictClasses.", Assert.Throws<TaskMismatchException>(() => model.PredictLabels([0, 1])).Message);
        model.Meaning = Meaning(ModelTask.Regression);
        Assert.Equal("LinearNet: its task is regression, which has no probabilities; call PredictValues.", Assert.Throws<TaskMismatchException>(() => model.PredictProbabilities([0f, 1])).Message);
        Assert.Equal("LinearNet: its task is regression, which has no probabilities; call PredictValues.", Assert.Throws<TaskMismatchException>(() => model.PredictTopK([0f, 1], 1)).Message);
    }

    [Fact]
    public void A_model_without_a_task_says_how_it_gets_one()
    {
        using PlannedModel model = LinearModels.Identity(2);
        Assert.Equal(1, model.Predict([0, 1]));
        Assert.Equal(
            "LinearNet: it cannot predict probabilities, because its task is not known; train it with a loss that has one, or set Meaning with a Task.",
            Assert.Throws<TaskMismatchException>(() => model.PredictProbabilities([0f, 1])).Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_value_that_is_not_finite_is_named(float value, string text)
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = Meaning(ModelTask.Classification);
        string one = $"Value 1 of the sample is {text}, from which LinearNet predicts nothing; replace it with a finite number. (Parameter 'inputs')";
        string many = $"Value 1 of sample 2 is {text}, from which LinearNet predicts nothing; replace it with a finite number. (Parameter 'inputs')";
        float[] batch = [0, 0, 0, 0, 0, value];
        Assert.Equal(one, Assert.Throws<ArgumentException>(() => model.Predict([0, value])).Message);
        Assert.Equal(many, Assert.Throws<ArgumentException>(() => model.PredictClasses(batch)).Message);
        Assert.Equal(many, Assert.Throws<ArgumentException>(() => model.PredictProbabilities(batch)).Message);
        Assert.Equal(one, Assert.Throws<ArgumentException>(() => model.PredictTopK([0, value], 1)).Message);
    }

    [Fact]
    public void Lengths_are_checked()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = Meaning(ModelTask.Classification);
        Assert.StartsWith("LinearNet reads samples of 2 values, but got 3 values, which is not a whole number of samples.", Message(() => model.PredictClasses(new float[3])), StringComparison.Ordinal);
        Assert.StartsWith("LinearNet predicts 1 values for each of 2 samples, but the span has room for 3.", Message(() => model.Predict(new float[4], new int[3])), StringComparison.Ordinal);
        Assert.StartsWith("LinearNet predicts 2 values for each of 2 samples, but the span has room for 3.", Message(() => model.PredictProbabilities(new float[4], new float[3])), StringComparison.Ordinal);
        Assert.StartsWith("LinearNet has 2 classes; use at most 2.", Message(() => model.PredictTopK(new float[2], 3)), StringComparison.Ordinal);
        Assert.StartsWith("LinearNet does not read a sample of tokens; pass its 2 values as float.", Message(() => model.PredictTopK([1, 2], 1)), StringComparison.Ordinal);
        Assert.Empty(model.PredictClasses([]));

        static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
    }

    [Fact]
    public void Batches_of_any_size_are_predicted_as_single_samples_are()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Expand();
        model.Meaning = Meaning(ModelTask.Classification);
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, 600 * 8).Select(_ => (float)random.NextDouble())];
        int[] classes = model.PredictClasses(samples);
        for (int s = 0; s < 600; s++)
            Assert.Equal(model.Predict(samples.AsSpan(s * 8, 8)), classes[s]);
    }

    private static void AssertClose(float[] expected, float[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-6f);
}

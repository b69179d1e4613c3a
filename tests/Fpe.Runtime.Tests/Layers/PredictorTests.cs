using System.Text.RegularExpressions;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Predictors: what a model predicts, from weights that no longer change.</summary>
public class PredictorTests
{
    private const int Samples = 5;

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void A_predictor_has_the_bits_of_its_model(string name) => RequireSameBits(Expansions.Plan(name));

    [Theory]
    [MemberData(nameof(TokenModels.Names), MemberType = typeof(TokenModels))]
    public void A_predictor_of_tokens_does_too(string name) => RequireSameBits(TokenModels.Plan(name));

    [Fact]
    public void Training_the_model_further_does_not_change_its_predictor()
    {
        using PlannedModel model = Classifier();
        float[] samples = SamplesOf(model.Plan);
        float[] expected = model.PredictProbabilities(samples);
        Predictor predictor = model.ToPredictor();
        model.Meaning = model.Meaning with { ClassNames = ["d", "e", "f"] };
        foreach (Parameter parameter in model.Parameters)
            model.Device.Kernels.Fill(parameter.Value, 0);
        Assert.NotEqual(expected, model.PredictProbabilities(samples));
        Assert.Equal(expected, predictor.PredictProbabilities(samples));
        Assert.Equal(["a", "b", "c"], predictor.Meaning.ClassNames!);

        model.Dispose();
        Assert.Equal(expected, predictor.PredictProbabilities(samples));
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.PredictProbabilities(samples));
    }

    [Fact]
    public void Every_answer_is_that_of_the_model()
    {
        using PlannedModel model = Classifier();
        using Predictor predictor = model.ToPredictor();
        float[] samples = SamplesOf(model.Plan);
        float[] sample = samples[..model.Plan.InputCount];
        Assert.Equal(model.Predict(sample), predictor.Predict(sample));
        Assert.Equal(model.PredictName(sample), predictor.PredictName(sample));
        Assert.Equal(model.PredictClasses(samples), predictor.PredictClasses(samples));
        Assert.Equal(model.PredictTopK(sample, 3), predictor.PredictTopK(sample, 3));
        Assert.Equal("TestNet: it has 3 outputs, not a single value; call PredictValues.", Assert.Throws<TaskMismatchException>(() => predictor.PredictValue(sample)).Message);

        using PlannedModel number = LinearModels.Of(2, [2, -1]);
        number.Meaning = new ModelMeaning { Task = ModelTask.Regression };
        using Predictor regression = number.ToPredictor();
        Assert.Equal(5, regression.PredictValue([3f, 1]));
    }

    [Fact]
    public void Tokens_are_predicted_as_by_the_model()
    {
        using var model = new PlannedModel(TokenModels.Plan("bag of means"), seed: 1);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification };
        using Predictor predictor = model.ToPredictor();
        int[] tokens = [1, 3, 2];
        Assert.Equal(model.PredictTopK(tokens, 1)[0].Index, predictor.Predict(tokens));
        Assert.Equal(model.PredictProbabilities(tokens), predictor.PredictProbabilities(tokens));
        Assert.Matches(new Regex("^Token 0 is -1, but the vocabulary of TestNet is 0 to "), Assert.Throws<ArgumentException>(() => predictor.Predict([-1])).Message);
    }

    [Fact]
    public void The_most_probable_classes_come_first_and_equal_ones_in_order()
    {
        using PlannedModel model = LinearModels.Identity(6);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification };
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            float[] logits = [.. Enumerable.Range(0, 6).Select(_ => (float)random.Next(4))];
            int[] expected = [.. Enumerable.Range(0, 6).OrderByDescending(c => logits[c])];
            for (int k = 1; k <= 6; k++)
            {
                var best = new ClassProbability[k];
                model.PredictTopK(logits, best);
                Assert.Equal(expected[..k], best.Select(entry => entry.Index));
                Assert.Equal(model.PredictProbabilities(logits)[expected[k - 1]], best[^1].Probability);
            }
        }

        Assert.Equal("LinearNet has 6 classes, but the span has room for 7; use 1 to 6. (Parameter 'best')", Assert.Throws<ArgumentException>(() => model.PredictTopK(new float[6], new ClassProbability[7])).Message);
        Assert.Throws<ArgumentException>(() => model.PredictTopK(new float[6], Span<ClassProbability>.Empty));
    }

    [Fact]
    public void Threads_get_the_bits_of_one()
    {
        using PlannedModel model = Classifier();
        using Predictor predictor = model.ToPredictor();
        int width = model.Plan.InputCount;
        float[] samples = [.. Enumerable.Range(0, 64 * width).Select(i => MathF.Sin(i))];
        float[] expected = model.Outputs(samples);
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int batch = 1 + i % 7, first = i % (64 - batch);
            var outputs = new float[batch * 3];
            predictor.PredictOutputs(samples.AsSpan(first * width, batch * width), outputs);
            // Sums do not depend on what else is in a batch only if its kernel is the same, so one sample is compared with one.
            if (batch == 1)
                Assert.Equal(model.Outputs(samples.AsSpan(first * width, width)), outputs);
            for (int o = 0; o < outputs.Length; o++)
                Assert.Equal(expected[first * 3 + o], outputs[o], 1e-5f);
        });
    }

    [Fact]
    public void Nothing_is_allocated_once_it_is_warm()
    {
        using PlannedModel model = Classifier();
        using Predictor predictor = model.ToPredictor();
        float[] samples = SamplesOf(model.Plan);
        float[] sample = samples[..model.Plan.InputCount], outputs = new float[Samples * 3];
        var classes = new int[Samples];
        var best = new ClassProbability[2];
        Action[] calls =
        [
            () => predictor.Predict(sample), () => predictor.PredictName(sample), () => predictor.Predict(samples, classes),
            () => predictor.PredictOutputs(samples, outputs), () => predictor.PredictProbabilities(samples, outputs), () => predictor.PredictTopK(sample, best),
        ];
        Assert.All(calls, call => Assert.Equal(0, Allocations.Fewest(call)));
    }

    private static void RequireSameBits(ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 1);
        float[] samples = SamplesOf(model.Plan);
        foreach (bool expand in new[] { false, true })
        {
            if (expand && model.Plan.IsExpanded)
                model.Expand();
            float[] expected = model.Outputs(samples);
            using Predictor predictor = model.ToPredictor();
            Assert.Equal(model.WeightCount, predictor.WeightCount);
            var outputs = new float[expected.Length];
            predictor.PredictOutputs(samples, outputs);
            Assert.Equal(expected, outputs);
        }
    }

    private static PlannedModel Classifier()
    {
        var model = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(2)), seed: 1);
        model.Expand();
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["a", "b", "c"] };
        return model;
    }

    private static float[] SamplesOf(ModelPlan plan) =>
        TokenModels.SamplesOf(plan, Enumerable.Range(0, Samples * plan.InputCount).Select(i => MathF.Sin(i)));
}

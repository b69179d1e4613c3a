using Fpe.Compute;
using Fpe.Data;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class EvaluatorTests : IDisposable
{
    private static readonly Dataset Data = TrainingData.Directions(50, 8, 3);

    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));

    [Fact]
    public void An_evaluator_follows_a_model_that_is_expanded()
    {
        using var evaluator = new Evaluator(model, Data, Loss.SoftmaxCrossEntropy);
        Evaluation dense = evaluator.Evaluate();
        Assert.Equal(dense, evaluator.Evaluate());
        model.Expand();
        Evaluation expanded = evaluator.Evaluate();
        Assert.NotEqual(dense, expanded);
        Assert.Equal(Evaluator.Evaluate(model, Data, Loss.SoftmaxCrossEntropy), expanded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(49)]
    [InlineData(50)]
    public void Batches_are_weighed_by_their_samples(int batchSize)
    {
        float[] outputs = model.Outputs([.. Enumerable.Range(0, 50).SelectMany(s => Data.Sample(s).ToArray())]);
        (double loss, int correct) = (0, 0);
        for (int s = 0; s < 50; s++)
        {
            float[] own = outputs[(3 * s)..(3 * (s + 1))];
            loss += Math.Log(own.Sum(value => Math.Exp(value))) - own[Data.Label(s)];
            correct += Array.IndexOf(own, own.Max()) == Data.Label(s) ? 1 : 0;
        }

        Evaluation evaluation = Evaluator.Evaluate(model, Data, Loss.SoftmaxCrossEntropy, batchSize);
        Assert.Equal(loss / 50, evaluation.Loss, 1e-6);
        Assert.Equal(correct / 50.0, evaluation.Accuracy);
    }

    /// <summary>Each output of each sample is an answer.</summary>
    [Fact]
    public void Sigmoids_answer_once_for_each_output()
    {
        float[] outputs = model.Outputs([.. Enumerable.Range(0, 50).SelectMany(s => Data.Sample(s).ToArray())]);
        int correct = Enumerable.Range(0, 150).Count(i => outputs[i] > 0 == (Data.Label(i / 3) == i % 3));
        Assert.Equal(correct / 150.0, Evaluator.Evaluate(model, Data, Loss.SigmoidCrossEntropy, 8).Accuracy);
        Assert.Null(Evaluator.Evaluate(model, Data, Loss.MeanSquaredError, 8).Accuracy);
    }

    [Fact]
    public void All_arguments_are_needed()
    {
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => new Evaluator(null!, Data, Loss.SoftmaxCrossEntropy)).ParamName);
        Assert.Equal("dataset", Assert.Throws<ArgumentNullException>(() => new Evaluator(model, null!, Loss.SoftmaxCrossEntropy)).ParamName);
        Assert.Equal("loss", Assert.Throws<ArgumentNullException>(() => new Evaluator(model, Data, null!)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => new Trainer(new TrainingOptions()).Fit(null!, Data)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => new TrainingOptions().Validate(null!, Data)).ParamName);
        Assert.Equal("train", Assert.Throws<ArgumentNullException>(() => new TrainingOptions().Validate(model, null!)).ParamName);
        Assert.Equal("plan", Assert.Throws<ArgumentNullException>(() => new TrainingOptions().Validate(null!)).ParamName);
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused() => Assert.Equal(
        "directions: its samples have 7 values, but TestNet reads 8; change [Model(inputs: …)] or the data.",
        Assert.Throws<DatasetException>(() => new Evaluator(model, TrainingData.Directions(50, 7, 3), Loss.SoftmaxCrossEntropy)).Message);

    [Fact]
    public void A_disposed_evaluator_is_refused()
    {
        var evaluator = new Evaluator(model, Data, Loss.SoftmaxCrossEntropy);
        evaluator.Evaluate();
        evaluator.Dispose();
        Assert.Equal("The evaluator of TestNet", Assert.Throws<ObjectDisposedException>(() => evaluator.Evaluate()).ObjectName);
    }

    public void Dispose() => model.Dispose();
}

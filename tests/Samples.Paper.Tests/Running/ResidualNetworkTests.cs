using Fpe;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Experiments;

namespace Samples.Paper.Tests.Running;

/// <summary>Networks whose second hidden layer adds to what it reads, on descriptions of packages in 54 sections, as hashed words.</summary>
public sealed class ResidualNetworkTests
{
    private const int Inputs = 384;
    private const int Classes = 54;
    private const int Neurons = 16;
    private const int Seeds = 2;

    // Measured: 54.3 and 54.9 % with sums and norms, 52.3 and 53.5 % without.
    [Theory]
    [InlineData(Split.Random, 0.53)]
    [InlineData(Split.Learned, 0.54)]
    public void A_residual_network_is_better_than_a_plain_one_of_as_many_weights(Split split, double bar)
    {
        var hidden = new LinearPlan("Hidden", Neurons, Neurons, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, split) };
        (Dataset train, Dataset test) = SectionTexts.ToHashedWords().Divide("train", 17_600, "test", seed: 0);
        double plain = MeanAccuracy([hidden]);
        double residual = MeanAccuracy([new LayerNormPlan("Norm", Neurons), hidden, new AddPlan("Sum", Neurons) { From = ["Stem", "Hidden"] }]);
        Assert.True(residual > plain && residual >= bar, $"plain {plain}, residual {residual}");

        double MeanAccuracy(IEnumerable<LayerPlan> block)
        {
            var stem = new LinearPlan("Stem", Inputs, Neurons, ActivationFunction.Relu) { Expansion = hidden.Expansion };
            var plan = new ModelPlan("Sections", Inputs, [stem, .. block, new LinearPlan("Logits", Neurons, Classes)]);
            return Enumerable.Range(0, Seeds).Average(seed =>
            {
                using var model = new PlannedModel(plan, seed);
                new Trainer(new TrainingOptions { Epochs = 30, BatchSize = 256, Optimizer = new Adam(1e-3) }).Fit(model, train);
                Assert.Equal((7_264, 7_264), (plan.DenseWeights, model.WeightCount));
                return Evaluator.Evaluate(model, test, Loss.SoftmaxCrossEntropy).Accuracy!.Value;
            });
        }
    }
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Layers;

public class TiedBiasTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void Siblings_stay_bit_equal_over_steps(bool fast, int share)
    {
        Device device = fast ? Device.Default : new ReferenceDevice(ElementType.Float64);
        foreach (Optimizer optimizer in new Optimizer[] { new Adam(0.05), new AdamW(0.05), new Sgd(0.5) { Momentum = 0.9 } })
        {
            using var model = new PlannedModel(Plans.OneHidden(8, 5, 3, new ExpansionPlan(3, Share: share) { TiesBiases = true }), seed: 1, device);
            using var run = new TrainingRun(model, TrainingData.Directions(40, 8, 3), new TrainingOptions { BatchSize = 8, Optimizer = optimizer, MaximumGradientNorm = 1 });
            run.Expand();
            Linear layer = model.Linears.First();
            double[] before = layer.ReadBiases();
            for (int step = 0; step < 15; step++)
            {
                run.Step(step % run.StepsPerEpoch);
                double[] biases = layer.ReadBiases();
                Assert.Equal(15, biases.Length);
                Assert.All(BySibling(layer, biases), siblings => Assert.Single(siblings.Distinct()));
            }

            Assert.All(before.Zip(layer.ReadBiases()), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_gradient_is_the_sum_over_siblings_with_biases_of_their_own(int share)
    {
        Assert.Equal(Gradients(tied: true).Single(), Gradients(tied: false).Select(siblings => siblings.Sum()), (a, b) => Math.Abs(a - b) < 1e-12);

        IEnumerable<double[]> Gradients(bool tied)
        {
            var plan = Plans.OneHidden(8, 5, 3, new ExpansionPlan(3, Share: share) { TiesBiases = tied });
            using var model = new PlannedModel(plan, seed: 1, new ReferenceDevice(ElementType.Float64));
            using var run = new TrainingRun(model, TrainingData.Directions(40, 8, 3), new TrainingOptions { BatchSize = 8 });
            run.Expand();
            run.Step(0);
            Parameter bias = model.Linears.First().Bias;
            double[] gradient = Slots.Read(bias, bias.Gradient);
            return tied ? [gradient] : [.. BySibling(model.Linears.First(), gradient)];
        }
    }

    [Fact]
    public void A_shared_bias_counts_once()
    {
        var expansion = new ExpansionPlan(4) { TiesBiases = true };
        ModelPlan plan = Plans.OneHidden(64, 4, 10, expansion), budgeted = Plans.OneHidden(64, 4, 10, expansion, countBiases: true);
        Assert.Equal((14, 14), (plan.DenseBiases, plan.ExpandedBiases));
        Assert.Equal((296, 296), (plan.ExpandedWeights, budgeted.ExpandedWeights));
        using var model = new PlannedModel(plan, seed: 1);
        model.Expand();
        Assert.Equal((16, 14, 14), (model.Linears.First().OutputCount, model.BiasCount, model.Summarize().Biases));
    }

    /// <summary>Values of outputs, neuron by neuron.</summary>
    private static IEnumerable<double[]> BySibling(Linear layer, double[] values) =>
        Enumerable.Range(0, values.Length).GroupBy(layer.NeuronOf, output => values[output]).OrderBy(siblings => siblings.Key).Select(siblings => siblings.ToArray());
}

using Fpe.Cli.Sweeps;
using Fpe.Compute;

namespace Fpe.Cli.Tests.Sweeps;

public class TrainingCostTests
{
    [Fact]
    public void A_weight_is_used_at_each_place()
    {
        // 100 weights, once for each sample, or at each of 7 places.
        double once = PerSample(new ModelPlan("Once", 10, [new LinearPlan("Logits", 10, 10)]));
        double everywhere = PerSample(new ModelPlan("Everywhere", 70, [new LinearPlan("Logits", 10, 10, Places: 7)]));
        Assert.Equal(3 * (100 + 10), once, precision: 6);
        Assert.Equal(3 * ((7 * 100) + 70), everywhere, precision: 6);
    }

    [Fact]
    public void Attention_costs_the_more_the_more_places_there_are()
    {
        static ModelPlan Encoder(int places) => new(
            "Encoder", 12 * places,
            [new LinearPlan("Queries", 12, 36, Places: places), new SelfAttentionPlan("Attention", Units: 12, Places: places, Heads: 3), new LinearPlan("Logits", 12, 2, Places: places)]);

        // Weights at each place, what each place attends to each other, and values to copy.
        foreach (int places in (int[])[5, 50])
            Assert.Equal(3 * ((places * ((12 * 36) + (12 * 2))) + (2.0 * places * places * 12) + (12 * places)), PerSample(Encoder(places)), precision: 6);
    }

    [Fact]
    public void All_convolutions_are_counted()
    {
        var image = new ImageShape(4, 6, 6);
        Assert.Equal(3 * ((8 * 4 * 9 * 36) + 144), PerSample(new ModelPlan("Conv", 144, [new Conv2dPlan("Filters", image, 8, Kernel: 3, Padding: 1)])), precision: 6);
        Assert.Equal(
            3 * ((8 * 9 * 36) + 144), PerSample(new ModelPlan("Depthwise", 144, [new DepthwiseConv2dPlan("Filters", image, Multiplier: 2, Window2d.Square(3, 1, 1))])), precision: 6);
    }

    // Of one sample more, without the overhead of steps.
    private static double PerSample(ModelPlan plan) =>
        TrainingCost.OfEpoch(plan, plan.DenseWeights, samples: 2, batchSize: 2) - TrainingCost.OfEpoch(plan, plan.DenseWeights, samples: 1, batchSize: 2);
}

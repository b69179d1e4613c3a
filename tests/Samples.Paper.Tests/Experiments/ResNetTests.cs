using Fpe.Expansion;
using Samples.Paper.Experiments;

namespace Samples.Paper.Tests.Experiments;

public class ResNetTests
{
    private static readonly ResNetTask Task = new(new FashionImages(null));

    [Fact]
    public void The_first_convolution_of_each_block_is_expanded_and_the_count_stays()
    {
        ModelPlan plan = PlanOf(16, new ExpansionPlan(2));

        Assert.Equal(["Block1First", "Block2First", "Block3First"], plan.EdgeLayers.Where(layer => layer.Expansion.IsExpanded).Select(layer => layer.Name));
        // What Peers/pytorch_resnet.py prints.
        Assert.Equal((24_016, 24_016), (plan.DenseWeights, plan.ExpandedWeights));
        using var model = new PlannedModel(plan);
        Assert.Equal(538, model.BiasCount);
        model.Expand();
        Assert.Equal((24_016, 538 + (3 * (16 + 16 + 32))), (model.WeightCount, model.BiasCount));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(16, 4)]
    [InlineData(17, 3)]
    public void The_weights_of_a_width_are_known_without_its_network(int width, int factor)
    {
        Assert.Equal(PlanOf(width, ExpansionPlan.None).DenseWeights, ResNetTask.WeightsOf(width, 1));
        Assert.Equal(PlanOf(width, new ExpansionPlan(factor, Split.Learned)).WeightsBeforePruning, ResNetTask.WeightsOf(width, factor));
        Assert.Equal(9 * width, ResNetTask.FewestInputs(width));
    }

    private static ModelPlan PlanOf(int width, ExpansionPlan expansion) => Task.PlanOf(MadeUp.Fashion with { Experiment = "resnet", Width = width }, expansion);
}

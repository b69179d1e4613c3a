using Fpe.Compute;
using Fpe.Expansion;
using Samples.Paper.Experiments;
using Samples.Paper.Results;
using Samples.Paper.Running;

namespace Samples.Paper.Tests.Running;

public sealed class SkipNetworkTests
{
    private static readonly Variant Skip = MadeUp.Expanded(Method.LearnedSkip, 16, after: 0);

    private static readonly ExpansionPlan Learned = new(16, Split.Learned);

    private static readonly ExpansionPlan Pruned = new(1, Split.Learned);

    [Fact]
    public void What_hidden_layer_and_inputs_say_is_added_up_and_all_their_edges_compete()
    {
        ModelPlan plan = Plan(new FashionTask(new FashionImages(null)), MadeUp.Fashion with { Width = 4 });

        Assert.Equal(
            [
                new LinearPlan("Hidden1", 784, 4, ActivationFunction.Relu) { Expansion = Learned },
                new LinearPlan("Output", 4, 10) { Expansion = Pruned },
                new LinearPlan("Skip", 784, 10) { From = [LayerPlan.Sample], Expansion = Pruned },
                new AddPlan("Sum", 10) { From = ["Output", "Skip"] },
            ],
            plan.Layers);
        Assert.Equal(((64 * 784) + (64 * 10) + (784 * 10), 3176), (plan.WeightsBeforePruning, plan.ExpandedWeights));
    }

    [Fact]
    public void A_skip_starts_at_the_features_of_a_backbone()
    {
        ModelPlan plan = Plan(new CnnTask(new FashionImages(null)), MadeUp.Fashion with { Experiment = "cnn" });

        Assert.Equal(new LinearPlan("Skip", CnnTask.Features, 10) { From = ["Flatten"], Expansion = Pruned }, plan.Linears.Last());
        Assert.Equal((9 * 8) + (9 * 8 * 16) + (CnnTask.Features * 16) + (16 * 10), plan.ExpandedWeights);
    }

    private static ModelPlan Plan(LearningTask task, Setting setting) => VariantNetwork.Plan(task, setting, Skip, clauses: []);
}

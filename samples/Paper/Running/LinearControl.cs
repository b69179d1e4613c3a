using Fpe.Expansion;

namespace Samples.Paper.Running;

/// <summary>The controls without a hidden layer: one fully connected layer from what the first one reads to the outputs.</summary>
internal static class LinearControl
{
    /// <summary>With all of its weights.</summary>
    /// <param name="dense">The dense parent that it is compared with; convolutions stay.</param>
    public static ModelPlan Plan(ModelPlan dense) => new(dense.Name, dense.InputCount, LayersOf(dense, ExpansionPlan.None));

    /// <summary>Pruned in training to as many weights as the dense parent has.</summary>
    /// <param name="dense">The dense parent, which has fewer weights than the layer before pruning.</param>
    public static ModelPlan Pruned(ModelPlan dense) =>
        new(dense.Name, dense.InputCount, LayersOf(dense, new ExpansionPlan(1, Split.Learned)), budget: dense.DenseWeights);

    private static LayerPlan[] LayersOf(ModelPlan dense, ExpansionPlan expansion)
    {
        (LinearPlan first, LinearPlan last) = (dense.Linears.First(), dense.Linears.Last());
        return [.. dense.Layers.TakeWhile(layer => layer is not LinearPlan), new LinearPlan(last.Name, first.Inputs, last.Neurons) { Expansion = expansion }];
    }
}

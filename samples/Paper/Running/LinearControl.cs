using Fpe.Expansion;

namespace Samples.Paper.Running;

/// <summary>The controls without a hidden layer: one fully connected layer from the inputs of the first one to the outputs.</summary>
internal static class LinearControl
{
    /// <summary>Returns the network with all weights.</summary>
    /// <param name="dense">The dense parent that it is compared with; convolutions are kept.</param>
    public static ModelPlan Plan(ModelPlan dense) => new(dense.Name, dense.InputCount, LayersOf(dense, ExpansionPlan.None));

    /// <summary>Returns the network that is pruned during training to the weight count of the dense parent.</summary>
    /// <param name="dense">The dense parent, which has fewer weights than the layer before pruning.</param>
    public static ModelPlan Pruned(ModelPlan dense) =>
        new(dense.Name, dense.InputCount, LayersOf(dense, new ExpansionPlan(1, Split.Learned)), budget: dense.DenseWeights);

    private static LayerPlan[] LayersOf(ModelPlan dense, ExpansionPlan expansion)
    {
        (LinearPlan first, LinearPlan last) = (dense.Linears.First(), dense.Linears.Last());
        return [.. dense.Layers.TakeWhile(layer => layer is not LinearPlan), new LinearPlan(last.Name, first.Inputs, last.Neurons) { Expansion = expansion }];
    }
}

using Fpe.Compute;

namespace Fpe.Expansion;

internal sealed record ParentLayer(string Name, int Inputs, int Neurons, ExpansionPlan Expansion, double[] Weights, double[] Biases);
internal sealed record ExpandedLayer(EdgeLayout Layout, double[] Weights, double[] Biases);
internal static class ModelExpander
{
    internal static ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed) => throw new NotSupportedException();
}

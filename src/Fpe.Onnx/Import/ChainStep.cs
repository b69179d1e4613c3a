namespace Fpe.Onnx.Import;

/// <summary>What one node, or several that belong together, computes.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Plan">The layer that computes the same; activations are layers of their own.</param>
/// <param name="Values">The values of the layer's parameters, in their order.</param>
internal sealed record ChainStep(string Node, string Operator, LayerPlan Plan, params IReadOnlyList<double[]> Values);

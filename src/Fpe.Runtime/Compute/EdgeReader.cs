namespace Fpe.Compute;

/// <summary>A fully connected layer in a backward pass, seen from the layer whose outputs it alone reads.</summary>
/// <param name="Edges">Its edges.</param>
/// <param name="Weights">Its weights: a buffer over <paramref name="Edges"/>.</param>
/// <param name="Output">Its outputs: [batch, out].</param>
/// <param name="Gradient">The gradient with respect to its weighted sums: [batch, out].</param>
public readonly record struct EdgeReader(DeviceEdges Edges, DeviceBuffer Weights, Activations Output, Activations Gradient);

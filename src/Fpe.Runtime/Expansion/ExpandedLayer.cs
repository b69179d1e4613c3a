using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>A layer after expansion.</summary>
/// <param name="Layout">The edges.</param>
/// <param name="Weights">One per slot of <paramref name="Layout"/>; 0 at holes.</param>
/// <param name="Biases">One per output.</param>
public sealed record ExpandedLayer(EdgeLayout Layout, double[] Weights, double[] Biases);

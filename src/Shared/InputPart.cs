namespace Fpe.Expansion;

/// <summary>
/// Consecutive values that a layer reads: their units either all belong to the same layer with weights or are never expanded. A layer that
/// reads a concatenation has several parts.
/// </summary>
/// <param name="Units">The number of neurons, or channels, of the dense parent; at least 1.</param>
/// <param name="Layer">
/// The position, among the layers with weights, of the layer that the neurons belong to; <see cref="NotExpanded"/> for values that no
/// expansion multiplies, such as a sample's.
/// </param>
/// <param name="Places">The number of values of a unit: 1, or the pixels of a channel.</param>
public readonly record struct InputPart(int Units, int Layer, int Places = 1)
{
    /// <summary>The value of <see cref="Layer"/> for values that no expansion multiplies.</summary>
    public const int NotExpanded = -1;

    /// <summary>Gets the number of values in the dense parent.</summary>
    public int Count => Units * Places;
}

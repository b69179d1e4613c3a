namespace Fpe.Expansion;

/// <summary>
/// Some of the values that a layer reads, one after the other: units that all belong to one layer with weights, or none of which is
/// expanded. A layer that reads a concatenation has several parts.
/// </summary>
/// <param name="Units">Neurons, or channels, of the dense parent; at least 1.</param>
/// <param name="Layer">
/// Position, among the layers with weights, of the layer whose neurons they are; <see cref="NotExpanded"/> for values that no expansion
/// multiplies, such as a sample's.
/// </param>
/// <param name="Places">Values of a unit: 1, or the pixels of a channel.</param>
public readonly record struct InputPart(int Units, int Layer, int Places = 1)
{
    /// <summary>Stands for the layer of values that no expansion multiplies.</summary>
    public const int NotExpanded = -1;

    /// <summary>Values in the dense parent.</summary>
    public int Count => Units * Places;
}

namespace Fpe.Embedded;

/// <summary>A layer with tables in generated C.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Description">What it is, and how its edges are written.</param>
/// <param name="Weights">The number of weights, which equals that of the model; 0 for a layer without edges.</param>
/// <param name="TableBytes">The bytes of its tables, each counted up to a multiple of 4.</param>
public sealed record CLayer(string Name, string Description, long Weights, long TableBytes)
{
    /// <summary>Returns the layer as one line of text.</summary>
    public override string ToString() => $"{Name}: {Description}, {(Weights > 0 ? $"{Weights:#,0} weights, " : "")}{TableBytes:#,0} bytes";
}

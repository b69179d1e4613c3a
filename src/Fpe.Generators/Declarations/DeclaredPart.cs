namespace Fpe.Generators.Declarations;

/// <summary>Some of the numbers of a value, one after the other.</summary>
/// <param name="Layer">The layer whose neurons they belong to; null for those of the sample, which are never expanded.</param>
/// <param name="Count">How many they are in the dense parent.</param>
internal readonly record struct DeclaredPart(ExpandableLayer? Layer, long Count)
{
    /// <summary>How many there are when the model is expanded.</summary>
    public long ExpandedCount => Count * (Layer?.Factor ?? 1);
}

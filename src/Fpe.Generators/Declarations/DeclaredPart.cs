namespace Fpe.Generators.Declarations;

/// <summary>Consecutive elements of a value.</summary>
/// <param name="Layer">The layer whose neurons they belong to; null for the sample, which is never expanded.</param>
/// <param name="Count">The number of elements in the dense parent.</param>
internal readonly record struct DeclaredPart(ExpandableLayer? Layer, long Count)
{
    /// <summary>The number of elements after expansion.</summary>
    public long ExpandedCount => Count * (Layer?.Factor ?? 1);
}

namespace Fpe.Generators.Declarations;

/// <summary>Some of the numbers of a value, one after the other.</summary>
/// <param name="Count">How many there are in the dense parent.</param>
/// <param name="Layer">The layer whose neurons they are; null if they can have no children.</param>
internal sealed record ValuePart(int Count, ExpandableLayer? Layer)
{
    /// <summary>Children of each; 1 if it is not expanded.</summary>
    public int Factor => Layer?.Factor ?? 1;

    /// <summary>How often an edge that leaves one of them exists after expansion.</summary>
    public int OutgoingCopies => Layer?.Size.OutgoingCopies ?? 1;
}

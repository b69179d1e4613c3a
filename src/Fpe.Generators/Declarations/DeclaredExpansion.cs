namespace Fpe.Generators.Declarations;

/// <summary>An <c>[Expand]</c> attribute whose individual arguments are valid; <c>Share</c> is null if it is not written.</summary>
internal sealed record DeclaredExpansion(DeclaredAttribute Attribute, int Factor, Split Strategy, int? Share, Outgoing Outgoing, int Within)
{
    /// <summary>Whether the children learn which inputs they read.</summary>
    public bool LearnsEdges => Strategy == Split.Learned;

    /// <summary>Whether it changes a layer.</summary>
    public bool IsExpanded => Factor > 1 || LearnsEdges;
}

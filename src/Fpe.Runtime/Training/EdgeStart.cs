namespace Fpe.Training;

/// <summary>Specifies the network from which edges are learned.</summary>
public enum EdgeStart
{
    /// <summary>A new network of the final width. The dense parent is not used, so it is not trained first.</summary>
    Random,

    /// <summary>
    /// The dense parent, optionally trained first, with its inputs split randomly among the children, as in
    /// <see cref="Expansion.SplitExpansion"/>.
    /// </summary>
    Split,
}

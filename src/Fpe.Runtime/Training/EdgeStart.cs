namespace Fpe.Training;

/// <summary>Which network edges are learned from.</summary>
public enum EdgeStart
{
    /// <summary>A new network of the final width; nothing of the dense parent is used, so it is not trained first.</summary>
    Random,

    /// <summary>
    /// The dense parent, trained first or not, with its inputs split at random among the children, as in
    /// <see cref="Expansion.SplitExpansion"/>.
    /// </summary>
    Split,
}

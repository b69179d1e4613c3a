namespace Fpe;

/// <summary>Specifies which child of an expanded neuron receives which of its incoming edges.</summary>
/// <remarks>
/// Except with <see cref="Learned"/>, the incoming edges of a parent are partitioned: each edge belongs to exactly one child (Kong et al.,
/// "Expand Neurons, Not Parameters", arXiv 2510.04500).
/// </remarks>
public enum Split
{
    /// <summary>A balanced random partition of the inputs: child sizes differ by at most one.</summary>
    Random = 0,

    /// <summary>The inputs form known groups, declared with <see cref="ClauseAttribute"/>; whole groups are assigned to children.</summary>
    Clause = 1,

    /// <summary>
    /// Groups of inputs that the warmed-up dense parent uses in similar ways, found by clustering the rows of its Gram matrix WᵀW, are
    /// assigned to children like clauses. The dense parent must be trained for at least one epoch before the split.
    /// </summary>
    Feature = 2,

    /// <summary>
    /// During training, the children choose their inputs among all inputs of the layer. The model ends with exactly as many non-zero
    /// weights as the dense parent, or as many as <see cref="NonZeroBudgetAttribute"/> specifies. A factor of 1 keeps the layer's width.
    /// </summary>
    Learned = 3,
}

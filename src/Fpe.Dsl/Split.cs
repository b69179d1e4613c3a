namespace Fpe;

/// <summary>Which child of an expanded neuron receives which of its incoming edges.</summary>
/// <remarks>
/// Except with <see cref="Learned"/>, the incoming edges of a parent are partitioned: each edge lives in exactly one child
/// (Kong et al., "Expand Neurons, Not Parameters", arXiv 2510.04500).
/// </remarks>
public enum Split
{
    /// <summary>A balanced random partition of the inputs: child sizes differ by at most one.</summary>
    Random = 0,

    /// <summary>The inputs come in known groups, named with <see cref="ClauseAttribute"/>; whole groups are dealt to children.</summary>
    Clause = 1,

    /// <summary>
    /// Groups of inputs that the warmed-up dense parent uses alike, found by clustering the rows of its Gram matrix WᵀW,
    /// are dealt to children like clauses. The dense parent has to be trained for at least one epoch before the split.
    /// </summary>
    Feature = 2,

    /// <summary>
    /// The children choose their inputs while they are trained, among all inputs of the layer, and the model ends with exactly as many
    /// non-zero weights as the dense parent, or as <see cref="NonZeroBudgetAttribute"/> says. A factor of 1 keeps the layer's width.
    /// </summary>
    Learned = 3,
}

namespace Fpe;

/// <summary>Specifies what happens to the outgoing edges of a neuron when it is replaced with its children.</summary>
public enum Outgoing
{
    /// <summary>
    /// Every child receives a copy of the parent's outgoing edges. Then the weights of smallest magnitude in the whole model are pruned
    /// until as many remain as the dense parent had. Every layer keeps at least half as many as it had there. Except for that limit, this
    /// is the paper's policy.
    /// </summary>
    Prune = 0,

    /// <summary>
    /// The outgoing edges are partitioned among the children as well: each downstream neuron connects to exactly one child. The count
    /// equals the dense parent's by construction, so no pruning is needed.
    /// </summary>
    Deal = 1,
}

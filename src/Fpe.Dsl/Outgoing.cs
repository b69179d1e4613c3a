namespace Fpe;

/// <summary>What happens to the outgoing edges of a neuron when it is replaced by its children.</summary>
public enum Outgoing
{
    /// <summary>
    /// Every child receives a copy of the parent's outgoing edges; then the weights of smallest magnitude in the whole
    /// model are pruned until as many are left as the dense parent had. Every layer keeps at least half as many as it had there.
    /// This is the paper's policy, except for that limit.
    /// </summary>
    Prune = 0,

    /// <summary>
    /// The outgoing edges are partitioned among the children as well: each reader of the parent reads exactly one of its
    /// children. The count is the dense parent's by construction, and nothing is pruned.
    /// </summary>
    Deal = 1,
}

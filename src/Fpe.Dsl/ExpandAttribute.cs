using System;

namespace Fpe;

/// <summary>
/// Replaces each neuron of a layer by several children whose incoming edges partition the parent's. On a class it is the
/// default of every hidden <c>Linear</c> layer; on a property it overrides that default, and a factor of 1 keeps the layer dense.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class ExpandAttribute : Attribute
{
    /// <summary>Declares an expansion.</summary>
    /// <param name="factor">Children per neuron (α); from 1 (dense) to the number of inputs of the layer.</param>
    /// <param name="strategy">Which child receives which incoming edge.</param>
    public ExpandAttribute(int factor, Split strategy = Split.Random)
    {
        Factor = factor;
        Strategy = strategy;
    }

    /// <summary>Children per neuron (α).</summary>
    public int Factor { get; }

    /// <summary>Which child receives which incoming edge.</summary>
    public Split Strategy { get; }

    /// <summary>
    /// Consecutive neurons that share one partition, so that their children form small dense blocks, which are fast;
    /// 1, the default, gives every neuron a partition of its own.
    /// </summary>
    public int Share { get; set; } = 1;

    /// <summary>What happens to the outgoing edges; <see cref="Fpe.Outgoing.Prune"/> by default, as in the paper.</summary>
    public Outgoing Outgoing { get; set; } = Outgoing.Prune;
}

using System;

namespace Fpe;

/// <summary>
/// Replaces each neuron of a layer by several children whose incoming edges partition the parent's. On a class it is the
/// default of every hidden <c>Linear</c> layer; on a property it overrides that default, and a factor of 1 keeps the layer dense,
/// or, with <see cref="Split.Learned"/>, its width. A <c>Conv2d</c> layer is expanded by an attribute of its own only: a filter is a
/// neuron with an input for each channel and place of its window.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class ExpandAttribute : Attribute
{
    /// <summary>Declares an expansion.</summary>
    /// <param name="factor">Children per neuron (α); from 1 (dense) to the number of inputs of the layer, or any with <see cref="Split.Learned"/>.</param>
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
    /// 1, the default, gives every neuron a partition of its own. With <see cref="Split.Learned"/> they keep and drop inputs together.
    /// </summary>
    public int Share { get; set; } = 1;

    /// <summary>
    /// Consecutive inputs (M) of which each child reads the same number (N = M / factor), an N:M pattern: with a factor of 2, 4 means 2
    /// of every 4. For <see cref="Split.Random"/> and <see cref="Split.Learned"/>; a multiple of the factor that divides the number of
    /// inputs, or 0, the default, for no pattern.
    /// </summary>
    public int Within { get; set; }

    /// <summary>
    /// What happens to the outgoing edges; <see cref="Fpe.Outgoing.Prune"/> by default, as in the paper. <see cref="Split.Learned"/>
    /// learns them as well, so that there is no choice.
    /// </summary>
    public Outgoing Outgoing { get; set; } = Outgoing.Prune;
}

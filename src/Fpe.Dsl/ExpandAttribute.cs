using System;

namespace Fpe;

/// <summary>
/// Replaces each neuron of a layer with several children whose incoming edges partition the parent's. On a class, it is the default for
/// every hidden <c>Linear</c> layer, also in the blocks that it uses, unless the block's class has its own. On a property, it overrides that default; a factor of 1 keeps the layer dense or, with
/// <see cref="Split.Learned"/>, keeps its width. A <c>Conv2d</c> or <c>Conv1d</c> layer is expanded only if it has its own attribute: a filter is a neuron
/// with an input for each channel and position of its window.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class ExpandAttribute : Attribute
{
    /// <summary>Declares an expansion.</summary>
    /// <param name="factor">The number of children per neuron (α); from 1 (dense) to the number of inputs of the layer, or any number with
    /// <see cref="Split.Learned"/>.</param>
    /// <param name="strategy">Determines which child receives which incoming edge.</param>
    public ExpandAttribute(int factor, Split strategy = Split.Random)
    {
        Factor = factor;
        Strategy = strategy;
    }

    /// <summary>Gets the number of children per neuron (α).</summary>
    public int Factor { get; }

    /// <summary>Gets the strategy that determines which child receives which incoming edge.</summary>
    public Split Strategy { get; }

    /// <summary>
    /// The number of consecutive neurons that share a partition, at least 1, so that their children form small dense blocks, which are
    /// fast. With 1, every neuron has its own partition, as in the paper. If it is not set, the compiler chooses: with
    /// <see cref="Split.Random"/>, 32, 16 or 8 neurons of a <c>Linear</c> layer with at least 128 inputs share a partition if that leaves
    /// at least four groups of neurons and no convolution reads them in groups; in all other cases it is 1. With <see cref="Split.Learned"/>, the neurons that share keep and drop inputs together.
    /// </summary>
    public int Share { get; set; } = 1;

    /// <summary>
    /// The number of consecutive inputs (M) of which each child reads the same number (N = M / factor), an N:M pattern: with a factor of 2,
    /// 4 means 2 of every 4. It applies to <see cref="Split.Random"/> and <see cref="Split.Learned"/>, and must be a multiple of the factor
    /// that divides the number of inputs, or 0, the default, for no pattern.
    /// </summary>
    public int Within { get; set; }

    /// <summary>
    /// The policy for the outgoing edges; <see cref="Fpe.Outgoing.Prune"/> by default, as in the paper. It does not apply to
    /// <see cref="Split.Learned"/>, which learns them as well.
    /// </summary>
    public Outgoing Outgoing { get; set; } = Outgoing.Prune;
}

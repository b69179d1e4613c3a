using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>How the neurons of a layer are expanded: the attribute <see cref="ExpandAttribute"/> as the compiler read it.</summary>
/// <param name="Factor">The number of children per neuron (α); 1 for a layer that keeps its width.</param>
/// <param name="Strategy">The strategy that determines which child receives which incoming edge.</param>
/// <param name="Share">The number of consecutive neurons that share a partition; at least 1.</param>
/// <param name="Outgoing">The policy for the outgoing edges.</param>
public sealed record ExpansionPlan(int Factor, Split Strategy = Split.Random, int Share = 1, Outgoing Outgoing = Outgoing.Prune)
{
    /// <summary>The largest number of inputs whose products of all pairs, for <see cref="Split.Feature"/>, fit into an array.</summary>
    internal const int MaximumFeatureInputs = 46_340;

    /// <summary>Gets the plan of a layer that is not expanded.</summary>
    public static ExpansionPlan None { get; } = new(1);

    /// <summary>
    /// Gets the groups of inputs for <see cref="Split.Clause"/>: disjoint lists of indices into the inputs of the dense parent.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Clauses
    {
        get;
        init => field = value.Select(clause => clause.ToValueList()).ToValueList();
    } = ValueList<ValueList<int>>.Empty;

    /// <summary>
    /// Gets the number of consecutive inputs (M) of which each child reads <c>Within / Factor</c> (N), an N:M pattern; 0 for none. It
    /// applies to <see cref="Split.Random"/> and <see cref="Split.Learned"/>, and must be a multiple of the factor that divides the number
    /// of inputs.
    /// </summary>
    public int Within { get; init; }

    /// <summary>
    /// Gets whether the children of a neuron permanently share one bias instead of each starting with a copy of their parent's: one
    /// parameter per neuron, whose gradient is the sum over its children. This is a control for experiments; in models declared with
    /// attributes, each child has its own bias.
    /// </summary>
    public bool TiesBiases { get; init; }

    /// <summary>Gets whether the children learn which inputs they read.</summary>
    public bool LearnsEdges => Strategy == Split.Learned;

    /// <summary>Gets whether the layer changes: its neurons have several children or learn their edges.</summary>
    public bool IsExpanded => Factor > 1 || LearnsEdges;

    /// <summary>Returns the size of a layer that is expanded in this way, for the counting rules.</summary>
    /// <param name="inputs">The fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">The number of neurons of the dense parent.</param>
    internal LayerSize SizeOf(int inputs, int neurons) => LearnsEdges
        ? LayerSize.OfLearned(inputs, neurons, Factor, hasPattern: Within > 0, TiesBiases)
        : new LayerSize(inputs, neurons, Factor, IsExpanded && Outgoing == Outgoing.Deal, TiesBiases);
}

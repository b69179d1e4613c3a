using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>How the neurons of a layer are expanded: the attribute <see cref="ExpandAttribute"/> as the compiler read it.</summary>
/// <param name="Factor">Children per neuron (α); 1 for a layer that keeps its width.</param>
/// <param name="Strategy">Which child receives which incoming edge.</param>
/// <param name="Share">Consecutive neurons that share one partition; at least 1.</param>
/// <param name="Outgoing">What happens to the outgoing edges.</param>
public sealed record ExpansionPlan(int Factor, Split Strategy = Split.Random, int Share = 1, Outgoing Outgoing = Outgoing.Prune)
{
    /// <summary>Inputs of the widest layer whose products of all pairs of inputs, for <see cref="Split.Feature"/>, fit into an array.</summary>
    internal const int MaximumFeatureInputs = 46_340;

    /// <summary>A layer that is not expanded.</summary>
    public static ExpansionPlan None { get; } = new(1);

    /// <summary>Groups of inputs for <see cref="Split.Clause"/>: disjoint lists of indices into the inputs of the dense parent.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Clauses
    {
        get;
        init => field = value.Select(clause => clause.ToValueList()).ToValueList();
    } = ValueList<ValueList<int>>.Empty;

    /// <summary>
    /// Consecutive inputs (M) of which each child reads <c>Within / Factor</c> (N), an N:M pattern; 0 for none. For
    /// <see cref="Split.Random"/> and <see cref="Split.Learned"/>: a multiple of the factor that divides the number of inputs.
    /// </summary>
    public int Within { get; init; }

    /// <summary>
    /// Whether the children of a neuron share one bias for good, instead of starting with a copy of their parent's each: one parameter
    /// a neuron, whose gradient is the sum over its children. A control; models declared with attributes have biases of their own.
    /// </summary>
    public bool TiesBiases { get; init; }

    /// <summary>Whether the children learn which inputs they read.</summary>
    public bool LearnsEdges => Strategy == Split.Learned;

    /// <summary>Whether the layer changes: a neuron has several children, or learns its edges.</summary>
    public bool IsExpanded => Factor > 1 || LearnsEdges;

    /// <summary>What the counting rules need to know of a layer that is expanded in this way.</summary>
    /// <param name="inputs">Fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">Neurons of the dense parent.</param>
    internal LayerSize SizeOf(int inputs, int neurons) => LearnsEdges
        ? LayerSize.OfLearned(inputs, neurons, Factor, hasPattern: Within > 0, TiesBiases)
        : new LayerSize(inputs, neurons, Factor, IsExpanded && Outgoing == Outgoing.Deal, TiesBiases);
}

using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>How a layer is expanded, with the class's default already applied.</summary>
/// <param name="Factor">Children per neuron, at least 1; 1 for a layer that keeps its width.</param>
/// <param name="Strategy">Which child receives which incoming edge.</param>
/// <param name="Share">Consecutive neurons that share one partition; at least 1.</param>
/// <param name="Outgoing">What happens to the outgoing edges.</param>
/// <param name="Within">Consecutive inputs of which each child reads <c>Within / Factor</c>; 0 for no such pattern.</param>
/// <param name="Clauses">Disjoint, non-empty groups of inputs; empty unless the strategy is <see cref="Split.Clause"/>.</param>
internal sealed record ExpansionSpec(
    int Factor, Split Strategy, int Share, Outgoing Outgoing, int Within, EquatableArray<EquatableArray<int>> Clauses)
{
    /// <summary>A layer that stays dense.</summary>
    public static ExpansionSpec None { get; } = new(1, Split.Random, 1, Outgoing.Prune, 0, default);

    /// <summary>Whether the children learn which inputs they read.</summary>
    public bool LearnsEdges => Strategy == Split.Learned;

    /// <summary>Whether the layer changes. If it does not, everything is as in <see cref="None"/>.</summary>
    public bool IsExpanded => Factor > 1 || LearnsEdges;

    /// <summary>What the counting rules need to know of a layer that is expanded in this way.</summary>
    public LayerSize SizeOf(int inputs, int neurons) => LearnsEdges
        ? LayerSize.OfLearned(inputs, neurons, Factor, hasPattern: Within > 0)
        : new LayerSize(inputs, neurons, Factor, Outgoing == Outgoing.Deal);
}

namespace Fpe.Expansion;

/// <summary>How the neurons of a layer are expanded: the attribute <see cref="ExpandAttribute"/> as the compiler read it.</summary>
/// <param name="Factor">Children per neuron (α); 1 for a layer that stays dense.</param>
/// <param name="Strategy">Which child receives which incoming edge.</param>
/// <param name="Share">Consecutive neurons that share one partition; at least 1.</param>
/// <param name="Outgoing">What happens to the outgoing edges.</param>
public sealed record ExpansionPlan(int Factor, Split Strategy = Split.Random, int Share = 1, Outgoing Outgoing = Outgoing.Prune)
{
    /// <summary>A layer that is not expanded.</summary>
    public static ExpansionPlan None { get; } = new(1);

    /// <summary>Groups of inputs for <see cref="Split.Clause"/>: disjoint lists of indices into the inputs of the dense parent.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Clauses { get; init; } = [];

    /// <summary>
    /// Whether the children of a neuron share one bias for good, instead of starting with a copy of their parent's each: one parameter
    /// a neuron, whose gradient is the sum over its children. A control; models declared with attributes have biases of their own.
    /// </summary>
    public bool TiesBiases { get; init; }

    /// <summary>Whether a neuron has several children.</summary>
    public bool IsExpanded => Factor > 1;
}

namespace Fpe.Generators.Model;

/// <summary>How a layer is expanded, with the class's default already applied.</summary>
/// <param name="Factor">Children per neuron, at least 1; 1 for a layer that stays dense, and then everything else is the default.</param>
/// <param name="Strategy">Which child receives which incoming edge.</param>
/// <param name="Share">Consecutive neurons that share one partition; at least 1.</param>
/// <param name="Outgoing">What happens to the outgoing edges.</param>
/// <param name="Clauses">Disjoint, non-empty groups of inputs; empty unless the strategy is <see cref="Split.Clause"/>.</param>
internal sealed record ExpansionSpec(
    int Factor, Split Strategy, int Share, Outgoing Outgoing, EquatableArray<EquatableArray<int>> Clauses)
{
    /// <summary>A layer that stays dense.</summary>
    public static ExpansionSpec None { get; } = new(1, Split.Random, 1, Outgoing.Prune, default);
}

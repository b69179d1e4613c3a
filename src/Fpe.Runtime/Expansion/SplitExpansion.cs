using System.Globalization;
using Fpe.Counting;
using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// Fixed Parameter Expansion of a dense parent (Kong et al., "Expand Neurons, Not Parameters", arXiv 2510.04500): replaces each neuron of
/// the expanded layers by children that partition its incoming edges, and prunes the weights of smallest magnitude until the budget is met;
/// each layer keeps at least half as many weights as in the dense parent. Children inherit the parent's weights and bias.
/// </summary>
public class SplitExpansion : ExpansionMethod
{
    // Random streams for up to 2³² layers.
    private const int LayerBits = 32;

    private readonly int? blockSize;

    /// <summary>The method with default settings.</summary>
    public static SplitExpansion Default { get; } = new();

    /// <summary>
    /// Size of the blocks of consecutive inputs within which <see cref="Split.Random"/> is also balanced; at least 1, or null (the default)
    /// to balance only over the whole layer. Experimental: docs/method.md describes the effect of blocks on accuracy.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    internal int? BlockSize
    {
        get => blockSize;
        init
        {
            if (value is { } size)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
            blockSize = value;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => blockSize is { } size
        ? string.Create(CultureInfo.InvariantCulture, $"{GetType().Name} {{ BlockSize = {size} }}")
        : GetType().Name;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed)
    {
        WeightCounts counts = CountsOf(parents);
        ExpandedLayer[] expanded = ExpandLayers(parents, seed);
        for (int l = 0; l < expanded.Length; l++)
            RequireCount(parents[l].Name, expanded[l].Layout.EdgeCount, counts.Layers[l].BeforePruning);
        return Pruner.Prune(expanded, weightBudget, [.. counts.Layers.Select(layer => layer.Floor)]);
    }

    /// <summary>Expands without pruning: each edge of the parent exists once per copy of its input.</summary>
    internal ExpandedLayer[] ExpandLayers(IReadOnlyList<ParentLayer> parents, long seed)
    {
        var expanded = new ExpandedLayer[parents.Count];
        var readers = new int[parents.Count];
        for (int l = 0; l < parents.Count; l++)
        {
            ParentLayer parent = parents[l];
            var below = new InputColumns([.. parent.PartsAt(l).Select(part => (part, OutgoingOf(part, parent.Groups)))], parent.InputGroups);
            expanded[l] = LayerExpander.Expand(parent, InputsOf(parent, below, seed, l), below);
        }

        return expanded;

        // The first reader of a layer uses the stream of the layer; further readers use streams beyond those of all layers.
        OutgoingEdges OutgoingOf(InputPart part, NeuronGroups groups) => part.Layer == InputPart.NotExpanded
            ? OutgoingEdges.OfInputs(part.Units)
            : OutgoingEdges.Of(
                parents[part.Layer], groups, new RandomStream(seed, RandomPurpose.OutgoingSplit, part.Layer + ((long)readers[part.Layer]++ << LayerBits)));
    }

    /// <summary>
    /// Draws the inputs of the children of an expanded layer: a partition by the layer's strategy. A method that chooses them in another
    /// way gives each group as many, counted over its children.
    /// </summary>
    /// <param name="parent">The layer.</param>
    /// <param name="seed">Seed of all random choices.</param>
    /// <param name="layer">Position of the layer, from 0: the index of its random streams.</param>
    /// <returns>
    /// For each group of neurons that share a partition (<see cref="ExpansionPlan.Share"/>) the inputs of each child, in any order, none
    /// twice.
    /// </returns>
    /// <exception cref="ExpansionException">The layer learns its edges.</exception>
    protected virtual int[][][] DrawInputs(ParentLayer parent, long seed, int layer)
    {
        Func<int, ISplitStrategy> strategyOf = parent.Expansion.Strategy switch
        {
            Split.Clause => OfAllSections(new ClauseSplit(parent.Expansion.Clauses, parent.Inputs)),
            Split.Feature => FeatureSplit.OfSections(parent, new RandomStream(seed, RandomPurpose.Clustering, layer)),
            Split.Random => OfAllSections(new RandomSplit(blockSize ?? (parent.Expansion.Within > 0 ? parent.Expansion.Within : parent.Inputs))),
            _ => throw new ExpansionException($"{parent.Name} has Split.{parent.Expansion.Strategy}, which is not a partition; train the model to learn its edges."),
        };
        var random = new RandomStream(seed, RandomPurpose.IncomingSplit, layer);
        return ChildInputs.Partition(strategyOf, parent.Expansion.Factor, parent.Groups, parent.Inputs, random);
    }

    private static Func<int, ISplitStrategy> OfAllSections(ISplitStrategy strategy) => _ => strategy;

    private ChildInputs InputsOf(ParentLayer parent, InputColumns below, long seed, int layer)
    {
        if (parent.Expansion.IsExpanded)
            return ChildInputs.Of(GetType().Name, parent, DrawInputs(parent, seed, layer));
        NeuronGroups groups = below.AreDealt ? parent.Groups : parent.Groups.OfSections();
        return ChildInputs.OfOneChild(groups, parent.Inputs);
    }

    private static void RequireCount(string layer, long counted, long expected)
    {
        if (counted != expected)
            throw new ExpansionException($"{layer}: {counted} weights before pruning instead of {expected}; this is a bug in the library.");
    }
}

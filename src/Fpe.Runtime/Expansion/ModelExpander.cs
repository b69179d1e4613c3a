using Fpe.Counting;
using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// Fixed Parameter Expansion of a dense parent (Kong et al., "Expand Neurons, Not Parameters", arXiv 2510.04500): replaces
/// every neuron of the expanded layers by children that partition its incoming edges, and prunes the weights of smallest
/// magnitude until the budget is met.
/// </summary>
internal static class ModelExpander
{
    /// <summary>Expands a model. The result depends on the arguments alone.</summary>
    /// <param name="parents">Every fully connected layer, from input to output; the last one is not expanded.</param>
    /// <param name="weightBudget">Weights the expanded model keeps.</param>
    /// <param name="seed">Seed of the partitions.</param>
    /// <param name="random">How <see cref="Split.Random"/> is drawn; null for the usual way.</param>
    /// <exception cref="ExpansionException">The plan cannot work, or a weight is not finite.</exception>
    public static ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed, RandomSplit? random = null)
    {
        ExpansionRules.Check(parents);
        var counts = WeightCounts.Of([.. parents.Select(SizeOf)], countBiases: false);
        ExpansionRules.CheckCounts(parents, counts, weightBudget);

        ExpandedLayer[] expanded = ExpandLayers(parents, seed, random);
        for (int l = 0; l < expanded.Length; l++)
            RequireCount(parents[l].Name, "weights before pruning", expanded[l].Layout.EdgeCount, counts.Layers[l].BeforePruning);

        ExpandedLayer[] pruned = Pruner.Prune(expanded, weightBudget);
        RequireCount("The model", "weights after pruning", pruned.Sum(layer => (long)layer.Layout.EdgeCount), weightBudget);
        return pruned;
    }

    /// <summary>Expands without pruning: every edge of the parent is there, once for each copy of its input.</summary>
    internal static ExpandedLayer[] ExpandLayers(IReadOnlyList<ParentLayer> parents, long seed, RandomSplit? random = null)
    {
        var expanded = new ExpandedLayer[parents.Count];
        OutgoingEdges below = OutgoingEdges.OfInputs;
        int columns = parents[0].Inputs;
        for (int l = 0; l < parents.Count; l++)
        {
            ParentLayer parent = parents[l];
            expanded[l] = LayerExpander.Expand(parent, Partition(parent, below, seed, l, random ?? RandomSplit.OverAll), below, columns);
            columns = expanded[l].Layout.OutputCount;
            if (l + 1 < parents.Count)
                below = OutgoingEdges.Of(parent, parents[l + 1].Groups, new RandomStream(seed, RandomPurpose.OutgoingSplit, l));
        }

        return expanded;
    }

    private static EdgePartition Partition(ParentLayer parent, OutgoingEdges below, long seed, int layer, RandomSplit randomSplit)
    {
        if (parent.Expansion.IsExpanded)
        {
            ISplitStrategy strategy = StrategyOf(parent, seed, layer, randomSplit);
            var random = new RandomStream(seed, RandomPurpose.IncomingSplit, layer);
            return EdgePartition.Draw(strategy, parent.Expansion.Factor, parent.Groups, parent.Inputs, random);
        }

        NeuronGroups groups = below.AreDealt ? parent.Groups : NeuronGroups.Single(parent.Neurons);
        return EdgePartition.OfOneChild(groups, parent.Inputs);
    }

    private static ISplitStrategy StrategyOf(ParentLayer parent, long seed, int layer, RandomSplit randomSplit) => parent.Expansion.Strategy switch
    {
        Split.Clause => new ClauseSplit(parent.Expansion.Clauses, parent.Inputs),
        Split.Feature => new FeatureSplit(parent, new RandomStream(seed, RandomPurpose.Clustering, layer)),
        _ => randomSplit,
    };

    private static LayerSize SizeOf(ParentLayer layer) =>
        new(layer.Inputs, layer.Neurons, layer.Expansion.Factor, layer.DealsOutgoing);

    private static void RequireCount(string where, string what, long counted, long expected)
    {
        if (counted != expected)
            throw new ExpansionException($"{where}: {counted} {what} instead of {expected}; this is a defect of the library.");
    }
}

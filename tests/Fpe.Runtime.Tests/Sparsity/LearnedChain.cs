using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

/// <summary>A random dense parent whose hidden layers learn their edges: with blocks, with and without patterns; some keep their width.</summary>
internal sealed record LearnedChain(IReadOnlyList<ParentLayer> Parents)
{
    private static readonly int[] Widths = [2, 3, 4, 6, 8, 12];

    public WeightCounts Counts => WeightCounts.Of([.. Parents.Select(layer => layer.Size)], countBiases: false);

    public LayerShape[] Shapes => LayerShape.Of([.. Parents.Select(layer => (layer.Name, layer.Inputs, layer.Neurons, layer.Expansion))]);

    /// <summary>Which column of a layer is which child of the layer below, or which input itself.</summary>
    public ChildRows RowsBelow(int layer) =>
        layer == 0 ? new ChildRows(NeuronGroups.Single(Parents[0].Inputs), Children: 1) : Parents[layer - 1].ChildRows;

    public static LearnedChain Draw(RandomStream random, bool tiesBiases = false)
    {
        int[] widths = [.. Enumerable.Range(0, 3 + random.NextInt32(2)).Select(_ => Widths[random.NextInt32(Widths.Length)])];
        var parents = new ParentLayer[widths.Length - 1];
        for (int l = 0; l < parents.Length; l++)
        {
            ExpansionPlan plan = DrawPlan(widths[l], isOutput: l + 1 == parents.Length, mustLearn: l == 0, random) with { TiesBiases = tiesBiases };
            parents[l] = new ParentLayer($"Layer{l}", widths[l], widths[l + 1], plan, Values(widths[l] * widths[l + 1], random), Values(widths[l + 1], random));
        }

        return new LearnedChain(parents);
    }

    private static ExpansionPlan DrawPlan(int inputs, bool isOutput, bool mustLearn, RandomStream random)
    {
        if (!mustLearn && random.NextInt32(3) == 0)
            return ExpansionPlan.None;
        int factor = isOutput ? 1 : 1 + random.NextInt32(Math.Min(inputs, 4));
        int[] groups = [.. Enumerable.Range(2, inputs - 1).Where(group => factor > 1 && group % factor == 0 && inputs % group == 0)];
        bool hasPattern = groups.Length > 0 && random.NextInt32(2) == 0;
        return new ExpansionPlan(factor, Split.Learned, 1 + random.NextInt32(4)) { Within = hasPattern ? groups[random.NextInt32(groups.Length)] : 0 };
    }

    private static double[] Values(int count, RandomStream random) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.01)];
}

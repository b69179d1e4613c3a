using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Sparsity;

/// <summary>Creates the wide networks from which edges are learned: with all or some edges, new or from a split of the dense parent.</summary>
internal static class StartingEdges
{
    /// <summary>Creates all edges, with new weights: a dense network of the same width.</summary>
    public static ExpandedLayer[] AllNew(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long seed) =>
        [.. shapes.Select((shape, l) => New(parents[l], EdgeLayout.Dense(shape.Outputs, shape.Inputs), StreamOf(seed, l)))];

    /// <summary>Creates some edges, chosen at random with the densities of <see cref="EdgeDensities"/>, with new weights.</summary>
    public static ExpandedLayer[] SomeNew(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed)
    {
        long[] edges = EdgeDensities.Divide(shapes, [.. shapes.Select(shape => shape.Floor)], [.. shapes.Select(shape => shape.Ceiling)], budget);
        return [.. shapes.Select(Draw)];

        ExpandedLayer Draw(LayerShape shape, int l)
        {
            RandomStream random = StreamOf(seed, l);
            ColumnUnits all = ColumnUnits.None(shape.Groups).Absent(shape.Inputs, (_, scores) => random.Fill(scores));
            return New(parents[l], LearnedLayout.Of(BudgetSelection.Keep(all, edges[l]), shape.Inputs), random);
        }
    }

    /// <summary>
    /// Creates all edges; each child has its parent's weights over its part of a random partition of the inputs, and 0 elsewhere, so that
    /// children differ from the first step on.
    /// </summary>
    public static ExpandedLayer[] AllOfSplit(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long seed) =>
        [.. Split(parents, seed).Select((layer, l) => Move(layer, EdgeLayout.Dense(shapes[l].Outputs, shapes[l].Inputs)))];

    /// <summary>
    /// Creates the edges of a random partition, pruned by magnitude to the densities of <see cref="EdgeDensities"/>, layer by layer:
    /// weights of different layers cannot be compared before training.
    /// </summary>
    /// <exception cref="ExpansionException">A split has fewer edges than the budget.</exception>
    public static ExpandedLayer[] SomeOfSplit(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed)
    {
        ExpandedLayer[] split = Split(parents, seed);
        long[] most = [.. split.Select(layer => (long)layer.Layout.EdgeCount)];
        if (most.Sum() < budget)
            throw new ExpansionException($"A split has {most.Sum()} weights, fewer than the budget of {budget}; lower the budget, or start from random edges.");
        long[] edges = EdgeDensities.Divide(shapes, [.. shapes.Select((shape, l) => Math.Min(shape.Floor, most[l]))], most, budget);
        return
        [
            .. split.Select((layer, l) =>
            {
                ColumnUnits units = ColumnUnits.Of(layer.Layout, layer.Weights, shapes[l].Groups);
                return Move(layer, LearnedLayout.Of(BudgetSelection.Keep(units, edges[l]), shapes[l].Inputs));
            }),
        ];
    }

    private static ExpandedLayer[] Split(IReadOnlyList<ParentLayer> parents, long seed) => SplitExpansion.Default.ExpandLayers(
        [.. parents.Select(parent => parent with { Expansion = parent.Expansion with { Strategy = Fpe.Split.Random } })], seed);

    private static ExpandedLayer Move(ExpandedLayer layer, EdgeLayout layout) =>
        layer with { Layout = layout, Weights = EdgeTransfer.Between(layer.Layout, layout).Move(layer.Weights) };

    /// <summary>Draws weights and biases uniformly in ±1/√n, where n is the fan-in of the row, as for dense layers.</summary>
    private static ExpandedLayer New(ParentLayer parent, EdgeLayout layout, RandomStream random)
    {
        var rows = new LayoutRows(layout);
        var weights = new double[layout.SlotCount];
        var biases = new double[layout.OutputCount];
        for (int row = 0; row < biases.Length; row++)
        {
            (int first, int end) = (rows.FirstSlot(row), rows.FirstSlot(row) + rows.Columns(row).Length);
            int fanIn = 0;
            for (int slot = first; slot < end; slot++)
                fanIn += layout.IsKept(slot) ? 1 : 0;
            double bound = 1 / Math.Sqrt(Math.Max(1, fanIn));
            for (int slot = first; slot < end; slot++)
                weights[slot] = layout.IsKept(slot) ? Uniform(bound, random) : 0;
            int sibling = parent.ChildRows.FirstSiblingOf(row);
            biases[row] = parent.Expansion.TiesBiases && sibling < row ? biases[sibling] : Uniform(bound, random);
        }

        return new ExpandedLayer(layout, weights, biases);
    }

    private static double Uniform(double bound, RandomStream random) => ((2 * random.NextDouble()) - 1) * bound;

    private static RandomStream StreamOf(long seed, int layer) => new(seed, RandomPurpose.LearnedStart, layer);
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Research.Controls;

/// <summary>
/// A control for <see cref="SplitExpansion"/>: a static random sparse network of the same widths and the same number of non-zero
/// weights in every layer, freshly initialised (the comparison of Golubeva, Neyshabur and Gur-Ari, "Are wider nets better given the
/// same number of parameters?", ICLR 2021). Nothing of the dense parent is inherited, so it is meant for an expansion at
/// initialisation.
/// </summary>
/// <remarks>
/// A layer has as many edges as it keeps under <see cref="SplitExpansion"/> with the same seed; which ones is drawn uniformly over
/// the whole matrix, and they never change. Weights and biases are uniform in ±1/√n, where n is the fan-in that the row has got, or 1
/// if it has none: the initialisation of the dense parent, scaled to the edges that exist.
/// </remarks>
public sealed class RandomSparseExpansion : ExpansionMethod
{
    /// <summary>The name of the method in checkpoints, which they had before it was part of Fpe.Research.</summary>
    public override string ToString() => "Fpe.Expansion.RandomSparseExpansion";

    /// <inheritdoc/>
    protected override IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed)
    {
        IReadOnlyList<ExpandedLayer> split = SplitExpansion.Default.Expand(parents, weightBudget, seed);
        return [.. split.Select((layer, l) => Draw(parents[l], layer.Layout, new RandomStream(seed, RandomPurpose.RandomSparsity, l)))];
    }

    private static ExpandedLayer Draw(ParentLayer parent, EdgeLayout split, RandomStream random)
    {
        int[][] columns = DrawEdges(split.OutputCount, split.InputCount, split.EdgeCount, random);
        EdgeLayout layout = split.EdgeCount == (long)split.OutputCount * split.InputCount
            ? EdgeLayout.Dense(split.OutputCount, split.InputCount)
            : EdgeLayout.OfBlocks(
                EdgeStructure.Sparse, split.OutputCount, split.InputCount, [.. columns.Select((own, row) => (new[] { row }, own))]);

        var weights = new double[split.EdgeCount];
        var biases = new double[columns.Length];
        var sharedBiases = new double?[parent.Neurons];
        int slot = 0;
        for (int row = 0; row < columns.Length; row++)
        {
            double bound = 1 / Math.Sqrt(Math.Max(1, columns[row].Length));
            for (int edge = 0; edge < columns[row].Length; edge++)
                weights[slot++] = Uniform(bound, random);
            ref double? shared = ref sharedBiases[parent.NeuronOf(row)];
            biases[row] = (parent.Expansion.TiesBiases ? shared : null) ?? Uniform(bound, random);
            shared ??= biases[row];
        }

        return new ExpandedLayer(layout, weights, biases);
    }

    /// <summary>
    /// The columns of every row: a uniform choice among all sets of positions of that size, made position by position (selection
    /// sampling; Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S).
    /// </summary>
    private static int[][] DrawEdges(int rows, int columns, int edges, RandomStream random)
    {
        var drawn = new int[rows][];
        var row = new List<int>(columns);
        long positionsLeft = (long)rows * columns;
        int edgesLeft = edges;
        for (int r = 0; r < rows; r++)
        {
            row.Clear();
            for (int column = 0; column < columns; column++, positionsLeft--)
            {
                if (random.NextDouble() * positionsLeft >= edgesLeft)
                    continue;
                row.Add(column);
                edgesLeft--;
            }

            drawn[r] = [.. row];
        }

        return drawn;
    }

    private static double Uniform(double bound, RandomStream random) => ((2 * random.NextDouble()) - 1) * bound;
}

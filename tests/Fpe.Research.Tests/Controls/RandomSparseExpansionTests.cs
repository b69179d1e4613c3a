using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Expansion;

namespace Fpe.Research.Tests.Controls;

public sealed class RandomSparseExpansionTests
{
    private const long Seed = 42;

    [Fact]
    public void Layers_have_as_many_edges_as_in_the_split_and_nothing_of_the_parent() => Chain.ForAll(chain =>
    {
        long budget = chain.Counts(countBiases: false).Expanded;
        IReadOnlyList<ExpandedLayer> split = SplitExpansion.Default.Expand(chain.Parents, budget, Seed);
        IReadOnlyList<ExpandedLayer> random = new RandomSparseExpansion().Expand(chain.Parents, budget, Seed);
        for (int l = 0; l < split.Count; l++)
        {
            Assert.Equal(split[l].Layout.EdgeCount, random[l].Layout.EdgeCount);
            Assert.Equal(split[l].Layout.InputCount, random[l].Layout.InputCount);
            bool isFull = random[l].Layout.EdgeCount == random[l].Layout.OutputCount * random[l].Layout.InputCount;
            Assert.Equal(isFull ? EdgeStructure.Dense : EdgeStructure.Sparse, random[l].Layout.Structure);
            ILookup<int, Edge> rows = Edge.Of(random[l]).ToLookup(edge => edge.Row);
            for (int row = 0; row < random[l].Biases.Length; row++)
            {
                double bound = 1 / Math.Sqrt(Math.Max(1, rows[row].Count()));
                Assert.InRange(random[l].Biases[row], -bound, bound);
                Assert.All(rows[row], edge => Assert.InRange(edge.Weight, -bound, bound));
                Assert.DoesNotContain(rows[row], edge => chain.Parents[l].Weights.Contains(edge.Weight));
            }
        }
    });

    [Fact]
    public void Every_position_is_equally_likely()
    {
        // 6 → 2 × 2 → 2 keeps 12 of 24 positions in the hidden layer, unless pruning takes some: the output weights are the smaller ones.
        ParentLayer[] parents =
        [
            new("Hidden", 6, 2, new ExpansionPlan(2), [.. Enumerable.Repeat(1.0, 12)], new double[2]),
            new("Logits", 2, 2, ExpansionPlan.None, [.. Enumerable.Repeat(0.1, 4)], new double[2]),
        ];
        const int Draws = 1000;
        var counts = new int[24];
        double squares = 0;
        for (int seed = 0; seed < Draws; seed++)
        {
            List<Edge> edges = Edge.Of(new RandomSparseExpansion().Expand(parents, weightBudget: 16, seed)[0]);
            foreach (Edge edge in edges)
            {
                counts[(edge.Row * 6) + edge.Column]++;
                squares += edge.Weight * edge.Weight * edges.Count(other => other.Row == edge.Row);
            }
        }

        // binomial: 500 with a deviation of 16; weights uniform in ±1/√n have the variance 1/(3n)
        Assert.All(counts, count => Assert.InRange(count, 430, 570));
        Assert.InRange(squares / (12 * Draws), 0.32, 0.347);
    }

    // Checkpoints hold this text, and are resumed only by the same method.
    [Fact]
    public void The_name_in_checkpoints_stays() => Assert.Equal("Fpe.Expansion.RandomSparseExpansion", new RandomSparseExpansion().ToString());

    [Fact]
    public void Tied_biases_are_equal_from_the_start()
    {
        ParentLayer[] parents =
        [
            new("Hidden", 6, 2, new ExpansionPlan(3) { TiesBiases = true }, new double[12], new double[2]),
            new("Logits", 2, 2, ExpansionPlan.None, new double[4], new double[2]),
        ];
        double[] biases = new RandomSparseExpansion().Expand(parents, weightBudget: 16, Seed)[0].Biases;
        Assert.Equal([biases[0], biases[0], biases[0], biases[3], biases[3], biases[3]], biases);
        Assert.NotEqual(biases[0], biases[3]);
    }
}

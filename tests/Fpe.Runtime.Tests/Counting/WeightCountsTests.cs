using Fpe.Counting;
using Fpe.Runtime.Tests.Expansion;

namespace Fpe.Runtime.Tests.Counting;

public sealed class WeightCountsTests
{
    [Fact]
    public void Counts_are_those_of_an_enumeration_of_edges() => Chain.ForAll(chain =>
    {
        WeightCounts weights = chain.Counts(countBiases: false);
        WeightCounts all = chain.Counts(countBiases: true);
        (int dense, int before, int denseBiases, int biases) = (0, 0, 0, 0);
        for (int l = 0; l < chain.Parents.Count; l++)
        {
            for (int neuron = 0; neuron < chain.Parents[l].Neurons; neuron++)
            {
                denseBiases++;
                biases += chain.Parents[l].Expansion.Factor;
                for (int input = 0; input < chain.Parents[l].Inputs; input++)
                {
                    dense++;
                    before += chain.IsDealtBelow(l) ? 1 : chain.RowsBelow(l).Children;
                }
            }
        }

        Assert.Equal(dense, weights.Dense);
        Assert.Equal(before, weights.BeforePruning);
        Assert.Equal((denseBiases, biases), (weights.DenseBiases, weights.ExpandedBiases));
        Assert.Equal((dense, before - dense, dense), (weights.Expanded, weights.Pruned, weights.NonZero));
        Assert.Equal(dense + denseBiases, all.NonZero);
        Assert.Equal(dense + denseBiases - biases, all.Expanded);
        Assert.Equal(before - all.Expanded, all.Pruned);
        Assert.Equal(weights.Dense, weights.Layers.Sum(layer => layer.Dense));
        Assert.Equal(weights.BeforePruning, weights.Layers.Sum(layer => layer.BeforePruning));
    });

    [Theory]
    [InlineData(false, 296, 416, 296, 120)]
    [InlineData(true, 296, 416, 284, 132)]
    public void The_digits_net(bool countBiases, long dense, long beforePruning, long expanded, long pruned)
    {
        // 64 → 4 × 4 → 10: 64·4 + 4·10 dense, 64·4 + 16·10 before pruning, 12 more biases
        WeightCounts counts = WeightCounts.Of([new(64, 4, 4, dealsOutgoing: false), new(4, 10, 1, dealsOutgoing: false)], countBiases);
        Assert.Equal((dense, beforePruning, expanded, pruned), (counts.Dense, counts.BeforePruning, counts.Expanded, counts.Pruned));
        Assert.Equal(16, counts.EdgesToReachEveryChild);
    }

    [Fact]
    public void Deal_prunes_nothing()
    {
        var hidden = new LayerSize(64, 4, 4, dealsOutgoing: true);
        WeightCounts counts = WeightCounts.Of([hidden, new(4, 10, 1, dealsOutgoing: false)], countBiases: false);
        Assert.Equal(0, counts.Pruned);
        Assert.Equal(1, hidden.OutgoingCopies);
    }

    /// <summary>64 → 4 × 4 → 10: 16 children that may read 64 inputs, and 10 neurons that read the children.</summary>
    [Theory]
    [InlineData(false, null, 296, 296)]
    [InlineData(false, 100L, 100, 100)]
    [InlineData(true, null, 284, 310)]
    [InlineData(true, 200L, 174, 200)]
    public void The_digits_net_that_learns_its_edges(bool countBiases, long? budget, long expanded, long nonZero)
    {
        WeightCounts counts = WeightCounts.Of(
            [LayerSize.OfLearned(64, 4, 4, hasPattern: false), new(4, 10, 1, dealsOutgoing: false)], countBiases, budget);
        Assert.True(counts.LearnsEdges);
        Assert.Equal((296, 1184), (counts.Dense, counts.BeforePruning));
        Assert.Equal((14, 26), (counts.DenseBiases, counts.ExpandedBiases));
        Assert.Equal((expanded, 1184 - expanded, nonZero), (counts.Expanded, counts.Pruned, counts.NonZero));
        Assert.Equal((14, 1184), (counts.LinearFloor, counts.LinearCeiling));
    }

    /// <summary>8 → 6 × 2 with a pattern → 5 × 3 → 4, on filters of 2 channels and a window of 3 × 3.</summary>
    [Fact]
    public void Patterns_have_a_fixed_count_and_convolutions_are_left_alone()
    {
        WeightCounts counts = WeightCounts.Of(
        [
            LayerSize.OfConvolution(fanIn: 2 * 9, filters: 7),
            LayerSize.OfLearned(8, 6, 2, hasPattern: true, tiesBiases: true),
            LayerSize.OfLearned(6, 5, 3, hasPattern: false),
            new(5, 4, 1, dealsOutgoing: false),
        ], countBiases: false, budget: 126 + 100);

        Assert.Equal([126, 48, 30, 20], counts.Layers.Select(layer => layer.Dense));
        Assert.Equal([126, 96, 180, 60], counts.Layers.Select(layer => layer.BeforePruning));
        Assert.Equal([48, 5, 4], counts.Layers.Skip(1).Select(layer => layer.Floor));
        Assert.Equal([48, 180, 60], counts.Layers.Skip(1).Select(layer => layer.Ceiling));
        Assert.Equal((57, 288, 100), (counts.LinearFloor, counts.LinearCeiling, counts.ExpandedLinearWeights));
        Assert.Equal((126, 336), (counts.BackboneWeights, counts.LinearBeforePruning));
        Assert.Equal([7, 6, 15, 4], counts.Layers.Select(layer => layer.ExpandedBiases));
    }

    [Fact]
    public void Layers_that_keep_their_width_learn_as_well()
    {
        WeightCounts counts = WeightCounts.Of(
            [LayerSize.OfLearned(8, 6, 1, hasPattern: false), LayerSize.OfLearned(6, 3, 1, hasPattern: false)], countBiases: false, budget: 20);
        Assert.Equal((66, 66, 20, 46), (counts.Dense, counts.BeforePruning, counts.Expanded, counts.Pruned));
        Assert.Equal((9, 66), (counts.LinearFloor, counts.LinearCeiling));
    }

    [Fact]
    public void Counts_beyond_64_bits_are_refused() => Assert.Throws<OverflowException>(() => WeightCounts.Of(
        [new(int.MaxValue, int.MaxValue, int.MaxValue, dealsOutgoing: false), new(int.MaxValue, int.MaxValue, 1, dealsOutgoing: false)],
        countBiases: false));

    [Fact]
    public void A_backbone_counts_and_is_never_pruned()
    {
        // 3 × 5 × 5 → 8 filters, 7 → 3 × 2, 3 → 5; half of 21 and of 15 weights, rounded up
        LayerSize convolution = LayerSize.OfConvolution(fanIn: 3 * 25, filters: 8);
        WeightCounts counts = WeightCounts.Of(
            [convolution, new(7, 3, 2, dealsOutgoing: false), new(3, 5, 1, dealsOutgoing: false)], countBiases: true);
        Assert.Equal((75, 8, 1, 1), (convolution.Inputs, convolution.Neurons, convolution.OutgoingCopies, convolution.BiasesPerNeuron));
        Assert.Equal((true, false, false), (convolution.IsBackbone, convolution.DealsOutgoing, convolution.TiesBiases));
        Assert.Equal((600 + 21 + 15, 600 + 21 + 30), (counts.Dense, counts.BeforePruning));
        Assert.Equal(600, counts.BackboneWeights);
        Assert.Equal(21 + 15 - 3, counts.ExpandedLinearWeights);
        Assert.Equal(11 + 8, counts.LinearFloor);
        Assert.Equal(6, counts.EdgesToReachEveryChild);
    }

    [Fact]
    public void Tied_biases_are_one_for_each_neuron()
    {
        LayerSize tied = new(64, 4, 4, dealsOutgoing: false, tiesBiases: true);
        WeightCounts counts = WeightCounts.Of([tied, new(4, 10, 1, dealsOutgoing: false)], countBiases: true);
        Assert.Equal((14, 14, 296), (counts.DenseBiases, counts.ExpandedBiases, counts.Expanded));
    }

    [Fact]
    public void Sums_beyond_64_bits_are_refused()
    {
        // 2³¹ − 1 neurons have 2⁶² − 2³¹ weights and biases; two such layers stay below 2⁶³
        LayerSize layer = new(int.MaxValue, int.MaxValue, 1, dealsOutgoing: false);
        Assert.Equal(long.MaxValue - uint.MaxValue, WeightCounts.Of([layer, layer], countBiases: true).NonZero);
        Assert.Throws<OverflowException>(() => WeightCounts.Of([layer, layer, layer], countBiases: true));
    }
}

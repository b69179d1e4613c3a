using Fpe.Compute;
using Fpe.Interference;

namespace Fpe.Runtime.Tests.Interference;

public sealed class InterferenceMetricsTests
{
    [Fact]
    public void Orthogonal_neurons_do_not_interfere() =>
        Assert.Equal(new InterferenceMetrics(1, 0, 0, 2), Dense(2, 2, [3, 0, 0, -2]));

    [Fact]
    public void Equal_columns_share_a_dimension() =>
        AssertEqual(new InterferenceMetrics(0.5, 1, 1, 2), Dense(2, 2, [1, 1, 1, 1]));

    [Fact]
    public void A_matrix_by_hand()
    {
        // columns (1, 3) and (2, −1): products 10, −1, 5; rows (1, 2) and (3, −1): 1 / (√5 · √10)
        double capacity = ((100 / 101.0) + (25 / 26.0)) / 2;
        double cosine = 1 / Math.Sqrt(50);
        AssertEqual(new InterferenceMetrics(capacity, cosine, cosine, 2), Dense(2, 2, [1, 2, 3, -1]));
    }

    [Fact]
    public void The_absolute_cosine_does_not_cancel() =>
        AssertEqual(new InterferenceMetrics(1, -1 / 3.0, 1 / 3.0, 2), Dense(3, 2, [1, 0, -2, 0, 0, 5]));

    [Fact]
    public void Zero_columns_and_rows_do_not_count()
    {
        // the second input and the third neuron are unused
        AssertEqual(new InterferenceMetrics(0.5, 1, 1, 3), Dense(3, 3, [1, 0, 1, 2, 0, 2, 0, 0, 0]));
    }

    [Fact]
    public void A_layer_without_pairs_or_weights_has_none()
    {
        AssertEqual(new InterferenceMetrics(1, 0, 0, 1), Dense(1, 1, [4]));
        AssertEqual(new InterferenceMetrics(0, 0, 0, 2), Dense(2, 2, [0, 0, 0, 0]));
    }

    [Fact]
    public void Disjoint_children_interfere_less_than_their_parent()
    {
        var layout = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, 4, 4, [([0], [0, 1]), ([1], [2, 3]), ([2], [0, 2]), ([3], [1, 3])]);
        // rows (1, 1, ·, ·), (·, ·, 1, 1), (1, ·, 1, ·), (·, 1, ·, 1): every column meets two others with product 1, itself with 2
        AssertEqual(new InterferenceMetrics(4 / 6.0, 1 / 3.0, 1 / 3.0, 2), InterferenceMetrics.Of(layout, [1, 1, 1, 1, 1, 1, 1, 1]));
    }

    [Fact]
    public void Edges_count_whatever_their_weight_and_holes_do_not()
    {
        EdgeLayout layout = EdgeLayout.Dense(2, 2).WithHoles(new([true, true, true, false]));
        Assert.Equal(1.5, FeaturesPerNeuron.Mean(layout));
        AssertEqual(new InterferenceMetrics(1, 1, 1, 1.5), InterferenceMetrics.Of(layout, [1, 0, 2, 0]));
    }

    [Fact]
    public void Capacity_by_input() =>
        Assert.Equal([0.5, 0, 0.5], FeatureCapacity.OfInputs(EdgeLayout.Dense(2, 3), [1, 0, 1, 2, 0, 2]));

    private static InterferenceMetrics Dense(int neurons, int inputs, double[] weights) =>
        InterferenceMetrics.Of(EdgeLayout.Dense(neurons, inputs), weights);

    private static void AssertEqual(InterferenceMetrics expected, InterferenceMetrics actual)
    {
        Assert.Equal(expected.FeatureCapacity, actual.FeatureCapacity, tolerance: 1e-12);
        Assert.Equal(expected.MeanCosine, actual.MeanCosine, tolerance: 1e-12);
        Assert.Equal(expected.MeanAbsoluteCosine, actual.MeanAbsoluteCosine, tolerance: 1e-12);
        Assert.Equal(expected.FeaturesPerNeuron, actual.FeaturesPerNeuron);
    }
}

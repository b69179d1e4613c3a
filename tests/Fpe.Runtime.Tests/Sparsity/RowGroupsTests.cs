using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class RowGroupsTests
{
    [Fact]
    public void Rows_of_a_group_are_the_children_of_one_number_of_neurons_that_share() => RandomLayer.ForAll(random =>
    {
        (int neurons, int children, int share) = (1 + random.NextInt32(12), 1 + random.NextInt32(4), 1 + random.NextInt32(5));
        RowGroups groups = RowGroups.Of(neurons, new ExpansionPlan(children, Split.Learned, share));
        var rows = new ChildRows(new NeuronGroups(neurons, share), children);

        int[][] expected =
        [
            .. Enumerable.Range(0, neurons).Chunk(share).SelectMany(own =>
                Enumerable.Range(0, children).Select(child => own.Select(neuron => rows.RowOf(neuron, child)).ToArray())),
        ];
        Assert.Equal(expected, RowsOf(groups));
        Assert.Equal(rows.Count, groups.RowCount);
        Assert.Equal(expected.Max(group => group.Length), groups.LargestSize);
        Assert.Equal(expected.Select(group => group.Length).Distinct(), groups.Sizes);
        Assert.Equal(expected.All(group => group.Length == 1), groups.AreSingle);
    });

    [Theory]
    [InlineData(1, Split.Random)]
    [InlineData(3, Split.Random)]
    [InlineData(1, Split.Learned)]
    public void Layers_that_share_nothing_have_single_rows(int factor, Split strategy)
    {
        RowGroups groups = RowGroups.Of(5, new ExpansionPlan(factor, strategy, Share: strategy == Split.Learned ? 1 : 4));
        Assert.True(groups.AreSingle);
        Assert.Equal(Enumerable.Range(0, 5 * factor).Select(row => new[] { row }), RowsOf(groups));
    }

    private static int[][] RowsOf(RowGroups groups) =>
        [.. Enumerable.Range(0, groups.Count).Select(group => Enumerable.Range(groups.First(group), groups.Size(group)).ToArray())];
}

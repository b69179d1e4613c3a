using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class ChildRowsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 1)]
    [InlineData(7, 3, 2)]
    [InlineData(8, 4, 4)]
    [InlineData(5, 2, 9)]
    [InlineData(6, 1, 4)]
    [InlineData(12, 3, 1, 4)]
    [InlineData(12, 3, 4, 6)]
    [InlineData(12, 2, 3, 4)]
    [InlineData(6, 2, 5, 1)]
    public void Every_child_has_a_row_of_its_own(int neurons, int children, int share, int? section = null)
    {
        var rows = new ChildRows(new NeuronGroups(neurons, share, section ?? neurons), children);
        var taken = new HashSet<int>();
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            for (int child = 0; child < children; child++)
            {
                int row = rows.RowOf(neuron, child);
                Assert.InRange(row, 0, rows.Count - 1);
                Assert.True(taken.Add(row));
                Assert.Equal(neuron, rows.NeuronOf(row));
                Assert.Equal(rows.RowOf(neuron, child: 0), rows.FirstSiblingOf(row));
            }
        }

        Assert.Equal(rows.Count, taken.Count);
    }

    [Fact]
    public void Sections_share_nothing_and_lie_one_after_the_other()
    {
        var groups = new NeuronGroups(Neurons: 10, Share: 2, Section: 5);
        Assert.Equal([(0, 2), (2, 2), (4, 1), (5, 2), (7, 2), (9, 1)], Enumerable.Range(0, groups.Count).Select(group => (groups.First(group), groups.Size(group))));
        Assert.Equal([0, 0, 0, 1, 1, 1], Enumerable.Range(0, groups.Count).Select(groups.SectionOf));
        Assert.Equal([0, 0, 1, 1, 2, 3, 3, 4, 4, 5], Enumerable.Range(0, 10).Select(groups.Of));
        Assert.Equal([(0, 5), (5, 5)], Enumerable.Range(0, groups.OfSections().Count).Select(group => (groups.OfSections().First(group), groups.OfSections().Size(group))));
        var rows = new ChildRows(groups, Children: 2);
        Assert.Equal([0, 1, 0, 1, 2, 3, 2, 3, 4, 4, 5, 6, 5, 6, 7, 8, 7, 8, 9, 9], Enumerable.Range(0, rows.Count).Select(rows.NeuronOf));
    }

    [Fact]
    public void Children_of_a_group_lie_together_number_by_number()
    {
        var rows = new ChildRows(new NeuronGroups(Neurons: 5, Share: 2), Children: 3);
        Assert.Equal([0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 4, 4, 4], Enumerable.Range(0, rows.Count).Select(rows.NeuronOf));
        Assert.Equal([0, 2, 4], Enumerable.Range(0, 3).Select(child => rows.RowOf(neuron: 0, child)));
        Assert.Equal([12, 13, 14], Enumerable.Range(0, 3).Select(child => rows.RowOf(neuron: 4, child)));
    }
}

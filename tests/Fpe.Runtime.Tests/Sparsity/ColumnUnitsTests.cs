using Fpe.Compute;
using Fpe.Numerics;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class ColumnUnitsTests
{
    [Fact]
    public void Every_edge_is_in_one_unit_whose_score_is_the_root_mean_square() => ForAllLayouts((layout, weights, groups) =>
    {
        ColumnUnits units = ColumnUnits.Of(layout, weights, groups);
        var expected = Edge.Of(layout, weights)
            .GroupBy(edge => (Group: GroupOf(groups, edge.Row), edge.Column))
            .OrderBy(unit => unit.Key)
            .ToArray();

        List<Unit> actual = UnitList.Of(units);
        Assert.Equal(units.Count, actual.Count);
        Assert.Equal(expected.Select(unit => unit.Key), actual.Select(unit => (unit.Group, unit.Column)));
        Assert.Equal(expected.Select(unit => unit.Count()), actual.Select(unit => unit.Edges));
        for (int u = 0; u < expected.Length; u++)
            Assert.Equal(Math.Sqrt(expected[u].Average(edge => edge.Weight * edge.Weight)), actual[u].Score, 12);
    });

    [Fact]
    public void Units_that_some_rows_lack_are_partial_and_name_the_others() => ForAllLayouts((layout, weights, groups) =>
    {
        ColumnUnits units = ColumnUnits.Of(layout, weights, groups);
        var edges = Edge.Of(layout, weights).Select(edge => (edge.Row, edge.Column)).ToHashSet();

        Assert.Equal(edges.Order(), UnitList.Edges(units).Order());
        Assert.Equal(
            UnitList.Of(units).Where(unit => unit.Edges < groups.Size(unit.Group)).Select(unit => (unit.Group, unit.Column)),
            units.Partial.Select(unit => (unit.Group, unit.Column)));
        Assert.All(units.Partial, unit => Assert.Equal(unit.Rows.Order(), unit.Rows));
    });

    [Fact]
    public void What_is_absent_is_the_rest_of_all_columns_and_asked_for_block_by_block() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        var asked = new List<int>();
        ColumnUnits absent = layer.Units.Absent(layer.Inputs, (group, scores) =>
        {
            asked.Add(group);
            Assert.Equal(layer.Inputs, scores.Length);
            for (int column = 0; column < scores.Length; column++)
                scores[column] = (100 * group) + column;
        });

        List<Unit> units = UnitList.Of(absent);
        Assert.Equal(Enumerable.Range(0, layer.Groups.Count), asked);
        Assert.All(units, unit => Assert.Equal((100 * unit.Group) + unit.Column, unit.Score));
        Assert.All(units, unit => Assert.Equal(layer.Groups.Size(unit.Group), unit.Edges));
        Assert.Empty(absent.Partial);
        Assert.Equal(
            from @group in Enumerable.Range(0, layer.Groups.Count) from column in Enumerable.Range(0, layer.Inputs) select (@group, column),
            UnitList.Of(layer.Units).Concat(units).Select(unit => (unit.Group, unit.Column)).Order());
    });

    [Fact]
    public void A_layer_without_edges_lacks_all_columns() => RandomLayer.ForAll(random =>
    {
        RowGroups groups = RandomLayer.DrawGroups(random);
        ColumnUnits none = ColumnUnits.None(groups);
        Assert.Equal(0, none.Count);
        Assert.Equal(groups.Count * 7, none.Absent(7, UnitList.Worth((_, _) => 1)).Count);
    });

    [Fact]
    public void A_part_of_a_unit_is_its_first_rows() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        ColumnUnits units = layer.Units;
        ILookup<(int Group, int Column), int> rows =
            Edge.Of(layer.Layout, layer.Weights).ToLookup(edge => (GroupOf(layer.Groups, edge.Row), edge.Column), edge => edge.Row);
        foreach ((int index, Unit unit) in UnitList.Of(units).Index())
        {
            for (int edges = 1; edges < unit.Edges; edges++)
            {
                PartialUnit part = units.PartOf(index, edges);
                Assert.Equal((unit.Group, unit.Column), (part.Group, part.Column));
                Assert.Equal(rows[(unit.Group, unit.Column)].Order().Take(edges), part.Rows);
            }
        }
    });

    /// <summary>Random layers in their own blocks, and layouts of every structure, whose blocks are others than those of the layer.</summary>
    private static void ForAllLayouts(Action<EdgeLayout, double[], RowGroups> assert) => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        assert(layer.Layout, layer.Weights, layer.Groups);
        foreach (EdgeLayout layout in Layouts.All(layer.Groups.RowCount, layer.Inputs))
            assert(layout, Weights(layout, random), layer.Groups);
    });

    private static double[] Weights(EdgeLayout layout, RandomStream random) =>
        [.. Enumerable.Range(0, layout.SlotCount).Select(slot => layout.IsKept(slot) ? random.NextDouble() - 0.5 : 0)];

    private static int GroupOf(RowGroups groups, int row) =>
        Enumerable.Range(0, groups.Count).Single(group => row >= groups.First(group) && row < groups.First(group) + groups.Size(group));
}

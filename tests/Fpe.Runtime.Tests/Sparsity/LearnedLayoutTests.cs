using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class LearnedLayoutTests
{
    [Fact]
    public void The_edges_are_those_of_the_units() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        KeptUnits kept = All(layer.Units);

        EdgeLayout layout = LearnedLayout.Of(kept, layer.Inputs);

        Assert.Equal((layer.Groups.RowCount, layer.Inputs), (layout.OutputCount, layout.InputCount));
        Assert.Equal(layer.Layout.EdgeCount, kept.EdgeCount);
        Assert.Equal(layer.Layout.EdgeCount, layout.EdgeCount);
        Assert.Equal(Edges(layer.Layout), Edges(layout));
        Assert.Equal(UnitList.Edges(kept).Order(), Edges(layout));
    });

    [Fact]
    public void The_structure_is_the_fastest_for_the_number_of_edges() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        KeptUnits kept = All(layer.Units);

        EdgeLayout layout = LearnedLayout.Of(kept, layer.Inputs);

        int all = layer.Groups.RowCount * layer.Inputs;
        bool isDense = 3 * layout.EdgeCount >= all;
        Assert.Equal(
            isDense ? EdgeStructure.Dense : layer.Groups.AreSingle ? EdgeStructure.Sparse : EdgeStructure.SharedBlocks, layout.Structure);
        Assert.Equal(isDense ? all : layout.EdgeCount + kept.Partial.Sum(unit => layer.Groups.Size(unit.Group) - unit.Rows.Length), layout.SlotCount);
        Assert.Equal(layout.EdgeCount < layout.SlotCount, layout.HasHoles);
        if (!isDense)
            Assert.Equal(kept.Columns, Enumerable.Range(0, layout.BlockCount).Select(block => layout.Block(block).Columns.ToArray()));
    });

    [Theory]
    [InlineData(2, 1, EdgeStructure.Dense)]
    [InlineData(1, 1, EdgeStructure.Sparse)]
    [InlineData(8, 4, EdgeStructure.Dense)]
    [InlineData(4, 4, EdgeStructure.SharedBlocks)]
    public void A_third_of_all_edges_is_dense(int edges, int share, EdgeStructure structure)
    {
        // 6 or 24 edges of all
        RowGroups groups = RowGroups.Of(share, new ExpansionPlan(1, Split.Learned, share));
        ColumnUnits all = ColumnUnits.None(groups).Absent(6, UnitList.Worth((_, column) => column));
        Assert.Equal(structure, LearnedLayout.Of(BudgetSelection.Keep(all, edges), 6).Structure);
    }

    [Fact]
    public void The_units_of_the_layout_are_those_it_was_made_of() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        ColumnUnits units = layer.Units;

        EdgeLayout layout = LearnedLayout.Of(All(units), layer.Inputs);
        ColumnUnits again = ColumnUnits.Of(layout, EdgeTransfer.Between(layer.Layout, layout).Move(layer.Weights), layer.Groups);

        Assert.Equal(UnitList.Of(units), UnitList.Of(again));
        Assert.Equal(units.Partial.Select(Describe), again.Partial.Select(Describe));
    });

    private static KeptUnits All(ColumnUnits units) => KeptUnits.Of(units, [.. Enumerable.Repeat(true, units.Count)]);

    private static (int Row, int Column)[] Edges(EdgeLayout layout) =>
        [.. Edge.Of(layout, new double[layout.SlotCount]).Select(edge => (edge.Row, edge.Column)).Order()];

    private static string Describe(PartialUnit unit) => $"{unit.Group} {unit.Column}: {string.Join(' ', unit.Rows)}";
}

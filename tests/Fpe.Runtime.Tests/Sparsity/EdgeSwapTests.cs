using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class EdgeSwapTests
{
    [Fact]
    public void The_smallest_go_and_the_best_of_the_absent_come() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        ColumnUnits units = layer.Units;
        double fraction = random.NextDouble();
        var worth = new Dictionary<(int Group, int Column), double>();

        KeptUnits swapped = EdgeSwap.Swap(units, layer.Inputs, fraction, UnitList.Worth((group, column) => worth[(group, column)] = random.NextInt32(4)));

        List<Unit> present = UnitList.Of(units);
        foreach (Unit unit in present)
            worth.Remove((unit.Group, unit.Column));
        var partial = units.Partial.Select(unit => (unit.Group, unit.Column)).ToHashSet();
        var expected = new HashSet<(int Group, int Column)>(partial);
        foreach (int size in layer.Groups.Sizes)
        {
            Unit[] whole = [.. present.Where(unit => layer.Groups.Size(unit.Group) == size && !partial.Contains((unit.Group, unit.Column)))];
            var absent = worth.Where(unit => layer.Groups.Size(unit.Key.Group) == size).OrderByDescending(unit => unit.Value).ThenBy(unit => unit.Key).ToArray();
            int exchanged = Math.Min((int)Math.Round(fraction * whole.Length), absent.Length);
            expected.UnionWith(whole.OrderByDescending(unit => unit.Score).Take(whole.Length - exchanged).Select(unit => (unit.Group, unit.Column)));
            expected.UnionWith(absent.Take(exchanged).Select(unit => unit.Key));
        }

        Assert.Equal(expected.Order(), UnitList.Places(swapped));
        Assert.Equal(units.Partial, swapped.Partial);
        Assert.Equal(layer.Layout.EdgeCount, swapped.EdgeCount);
        Assert.Equal(layer.Layout.EdgeCount, LearnedLayout.Of(swapped, layer.Inputs).EdgeCount);
    });

    /// <summary>A unit that is dropped is worth more than any other, but was there.</summary>
    [Fact]
    public void What_goes_does_not_come_back() => RandomLayer.ForAll(random =>
    {
        RandomLayer layer = RandomLayer.Draw(random);
        ColumnUnits units = layer.Units;
        var before = UnitList.Of(units).Select(unit => (unit.Group, unit.Column)).ToHashSet();

        KeptUnits swapped = EdgeSwap.Swap(units, layer.Inputs, 0.5, UnitList.Worth((group, column) => before.Contains((group, column)) ? 1 : 0));

        int whole = before.Count - units.Partial.Count;
        int staying = UnitList.Places(swapped).Count(before.Contains);
        Assert.Equal(before.Count, UnitList.Places(swapped).Count);
        Assert.True(staying >= before.Count - ((whole + layer.Groups.Sizes.Count()) / 2.0));
        Assert.Equal(swapped.Columns.Select(columns => columns.Length), swapped.Columns.Select(columns => columns.Distinct().Count()));
    });

    [Theory]
    [InlineData(0.1, "3 4 5")]
    [InlineData(0.4, "0 4 5")]
    [InlineData(0.9, "0 1 2")]
    public void A_share_of_the_edges_is_exchanged(double fraction, string columns)
    {
        RowGroups groups = RowGroups.Of(1, ExpansionPlan.None);
        var layout = EdgeLayout.OfBlocks(EdgeStructure.Sparse, 1, 6, [([0], [3, 4, 5])]);
        ColumnUnits units = ColumnUnits.Of(layout, [-1, 2, -3], groups);

        KeptUnits swapped = EdgeSwap.Swap(units, 6, fraction, UnitList.Worth((_, column) => 10 - column));

        Assert.Equal(columns, string.Join(' ', swapped.Columns[0]));
    }
}

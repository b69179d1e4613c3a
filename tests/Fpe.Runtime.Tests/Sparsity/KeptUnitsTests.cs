using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class KeptUnitsTests
{
    [Fact]
    public void Those_with_a_flag_are_kept_and_stay_partial() => RandomLayer.ForAll(random =>
    {
        ColumnUnits units = RandomLayer.Draw(random).Units;
        bool[] flags = Flags(units, random);

        KeptUnits kept = KeptUnits.Of(units, flags);

        Unit[] expected = [.. UnitList.Of(units).Where((_, unit) => flags[unit])];
        Assert.Equal(expected.Select(unit => (unit.Group, unit.Column)), UnitList.Places(kept));
        Assert.Equal(expected.Sum(unit => unit.Edges), kept.EdgeCount);
        Assert.Equal(kept.EdgeCount, UnitList.Edges(kept).Count);
        Assert.Subset(UnitList.Edges(units).ToHashSet(), UnitList.Edges(kept).ToHashSet());
    });

    [Fact]
    public void Halves_are_the_whole_together() => RandomLayer.ForAll(random =>
    {
        ColumnUnits units = RandomLayer.Draw(random).Units;
        bool[] flags = Flags(units, random);
        KeptUnits half = KeptUnits.Of(units, flags);

        KeptUnits whole = half.With(KeptUnits.Of(units, [.. flags.Select(flag => !flag)]));

        Assert.Equal(UnitList.Of(units).Select(unit => (unit.Group, unit.Column)), UnitList.Places(whole));
        Assert.Equal(UnitList.Edges(units).Order(), UnitList.Edges(whole).Order());
        Assert.Equal(units.Edges.Sum(), whole.EdgeCount);
    });

    [Fact]
    public void A_part_of_a_unit_comes_in_its_place()
    {
        RowGroups groups = RowGroups.Of(5, new ExpansionPlan(1, Split.Learned, Share: 3));
        var units = new KeptUnits(groups, [[1, 4], [0]], []);

        KeptUnits more = units.With(new PartialUnit(0, 2, [0, 2]));

        Assert.Equal([[1, 2, 4], [0]], more.Columns);
        Assert.Equal(8, units.EdgeCount);
        Assert.Equal(10, more.EdgeCount);
        Assert.Equal([(0, 1), (0, 2), (0, 4), (1, 1), (1, 4), (2, 1), (2, 2), (2, 4), (3, 0), (4, 0)], UnitList.Edges(more).Order());
        Assert.Equal([[1, 4], [0]], units.Columns);
    }

    private static bool[] Flags(ColumnUnits units, RandomStream random) =>
        [.. Enumerable.Range(0, units.Count).Select(_ => random.NextInt32(2) == 0)];
}

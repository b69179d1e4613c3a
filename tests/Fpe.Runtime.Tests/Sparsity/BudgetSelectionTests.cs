using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class BudgetSelectionTests
{
    [Fact]
    public void The_count_is_exact_and_no_layer_falls_below_its_floor() => ForAll((layers, floors, budget) =>
    {
        ColumnUnits[] units = [.. layers.Select(layer => layer.Units)];

        KeptUnits[] kept = BudgetSelection.Keep(units, floors, budget);

        Assert.Equal(budget, kept.Sum(layer => layer.EdgeCount));
        for (int l = 0; l < kept.Length; l++)
        {
            Assert.Subset(UnitList.Edges(units[l]).ToHashSet(), UnitList.Edges(kept[l]).ToHashSet());
            Assert.Equal(kept[l].EdgeCount, UnitList.Edges(kept[l]).Count);
            Assert.InRange(kept[l].EdgeCount, floors[l], layers[l].Layout.EdgeCount);
            Assert.Equal(kept[l].EdgeCount, LearnedLayout.Of(kept[l], layers[l].Inputs).EdgeCount);
        }
    });

    [Fact]
    public void One_unit_at_most_becomes_partial_if_the_budget_has_room_for_whole_columns() => ForAll((layers, floors, budget) =>
    {
        ColumnUnits[] units = [.. layers.Select(layer => layer.Units)];
        budget = Math.Min(layers.Sum(layer => layer.Layout.EdgeCount), budget + units.Sum(layer => layer.Groups.LargestSize - 1));

        KeptUnits[] kept = BudgetSelection.Keep(units, floors, budget);

        var before = units.SelectMany(layer => layer.Partial).ToHashSet(ReferenceEqualityComparer.Instance);
        Assert.InRange(kept.Sum(layer => layer.Partial.Count(unit => !before.Contains(unit))), 0, 1);
    });

    /// <summary>Every layer's largest until it has its floor, and then the largest of the rest, found one by one; what is left over is a part of the next.</summary>
    [Fact]
    public void The_largest_are_kept_over_all_layers() => ForAll((layers, floors, budget) =>
    {
        ColumnUnits[] units = [.. layers.Select(layer => layer.Units)];
        budget = Math.Min(layers.Sum(layer => layer.Layout.EdgeCount), budget + units.Sum(layer => layer.Groups.LargestSize - 1));
        var bySize = units
            .SelectMany((layer, l) => UnitList.Of(layer).Select(unit => (Layer: l, Unit: unit)))
            .OrderByDescending(candidate => candidate.Unit.Score)
            .ToList();
        var expected = new HashSet<(int Layer, Unit Unit)>();
        long room = budget;
        for (int l = 0; l < layers.Length; l++)
        {
            long missing = Take(bySize.Where(candidate => candidate.Layer == l), floors[l], expected);
            room -= floors[l] - missing;
            if (missing == 0)
                continue;
            var next = bySize.First(candidate => candidate.Layer == l && !expected.Contains(candidate));
            expected.Add(next);
            room -= next.Unit.Edges;
        }

        room = Take(bySize, room, expected);
        KeptUnits[] kept = BudgetSelection.Keep(units, floors, budget);

        if (room > 0)
            expected.Add(bySize.First(candidate => !expected.Contains(candidate)));
        Assert.Equal(
            expected.Select(own => (own.Layer, own.Unit.Group, own.Unit.Column)).Order(),
            kept.SelectMany((layer, l) => UnitList.Places(layer).Select(unit => (l, unit.Group, unit.Column))));
        Assert.Equal(expected.Sum(own => own.Unit.Edges) - budget, room == 0 ? 0 : expected.Last().Unit.Edges - room);
    });

    [Fact]
    public void Of_single_rows_none_that_is_dropped_is_larger_than_one_that_is_kept_above_its_floor() => ForAll(
        (layers, floors, budget) =>
        {
            ColumnUnits[] units = [.. layers.Select(layer => layer.Units)];
            KeptUnits[] kept = BudgetSelection.Keep(units, floors, budget);

            double largestDropped = double.NegativeInfinity;
            double smallestFree = double.PositiveInfinity;
            for (int l = 0; l < kept.Length; l++)
            {
                var places = UnitList.Places(kept[l]).ToHashSet();
                ILookup<bool, double> scores = UnitList.Of(units[l]).ToLookup(unit => places.Contains((unit.Group, unit.Column)), unit => unit.Score);
                Assert.True(!scores[false].Any() || scores[true].All(score => score >= scores[false].Max()));
                largestDropped = Math.Max(largestDropped, scores[false].DefaultIfEmpty(double.NegativeInfinity).Max());
                if (places.Count > floors[l])
                    smallestFree = Math.Min(smallestFree, scores[true].Min());
            }

            Assert.True(smallestFree >= largestDropped);
        },
        largestShare: 1);

    [Fact]
    public void One_layer_is_pruned_as_if_it_were_all() => RandomLayer.ForAll(random =>
    {
        ColumnUnits units = RandomLayer.Draw(random).Units;
        long budget = random.NextInt32(units.Edges.Sum() + 1);
        KeptUnits kept = BudgetSelection.Keep(units, budget);
        Assert.Equal(budget, kept.EdgeCount);
        Assert.Equal(UnitList.Edges(BudgetSelection.Keep([units], [0], budget)[0]), UnitList.Edges(kept));
    });

    /// <summary>A column of the shorter block is the best, and leaves less than a whole column to the floor.</summary>
    [Fact]
    public void A_floor_is_reached_over_whole_columns_of_other_sizes()
    {
        ColumnUnits blocks = ColumnUnits.None(RowGroups.Of(5, new ExpansionPlan(1, Split.Learned, Share: 4))).Absent(1, UnitList.Worth((group, _) => group));
        ColumnUnits rows = ColumnUnits.None(RowGroups.Of(1, ExpansionPlan.None)).Absent(9, UnitList.Worth((_, column) => 10 + column));

        Assert.Equal([5, 4], BudgetSelection.Keep([blocks, rows], [4, 0], 9).Select(layer => layer.EdgeCount));

        // no room for the whole column: three of its rows
        KeptUnits[] tight = BudgetSelection.Keep([blocks, rows], [4, 1], 5);
        Assert.Equal([4, 1], tight.Select(layer => layer.EdgeCount));
        Assert.Equal([0, 1, 2], Assert.Single(tight[0].Partial).Rows);
    }

    [Fact]
    public void All_is_kept_if_the_budget_is_all() => RandomLayer.ForAll(random =>
    {
        ColumnUnits units = RandomLayer.Draw(random).Units;
        KeptUnits kept = BudgetSelection.Keep(units, units.Edges.Sum());
        Assert.Equal(UnitList.Edges(units), UnitList.Edges(kept));
        Assert.Equal(units.Partial, kept.Partial);
    });

    private static long Take(IEnumerable<(int Layer, Unit Unit)> bySize, long room, HashSet<(int Layer, Unit Unit)> taken)
    {
        foreach ((int Layer, Unit Unit) candidate in bySize)
        {
            if (candidate.Unit.Edges <= room && taken.Add(candidate))
                room -= candidate.Unit.Edges;
        }

        return room;
    }

    /// <summary>Up to three layers, floors of up to what they have, and a budget from the floors, which it often is, to all.</summary>
    private static void ForAll(Action<RandomLayer[], long[], long> assert, int largestShare = 4) => RandomLayer.ForAll(random =>
    {
        RandomLayer[] layers = [.. Enumerable.Range(0, 1 + random.NextInt32(3)).Select(_ => RandomLayer.Draw(random, largestShare))];
        long[] floors = [.. layers.Select(layer => DrawFloor(layer, random))];
        int free = layers.Sum(layer => layer.Layout.EdgeCount) - (int)floors.Sum();
        assert(layers, floors, floors.Sum() + random.NextInt32((random.NextInt32(3) == 0 ? Math.Min(free, 5) : free) + 1));
    });

    private static long DrawFloor(RandomLayer layer, RandomStream random) =>
        random.NextInt32(1 + random.NextInt32(layer.Layout.EdgeCount + 1));
}

using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class PatternSelectionTests
{
    [Fact]
    public void Of_every_group_of_columns_a_block_keeps_its_largest() => RandomLayer.ForAll(random =>
    {
        (int size, int groupsOfColumns) = (1 + random.NextInt32(8), 1 + random.NextInt32(3));
        int most = 1 + random.NextInt32(size);
        int inputs = size * groupsOfColumns;
        RowGroups groups = RandomLayer.DrawGroups(random);
        ColumnUnits all = ColumnUnits.None(groups).Absent(inputs, UnitList.Worth((_, _) => random.NextInt32(6)));

        KeptUnits kept = PatternSelection.Keep(all, inputs, size, most);

        Assert.Equal(
            UnitList.Of(all)
                .GroupBy(unit => (unit.Group, unit.Column / size))
                .SelectMany(own => own.OrderByDescending(unit => unit.Score).Take(most))
                .Select(unit => (unit.Group, unit.Column))
                .Order(),
            UnitList.Places(kept));
        Assert.Equal((long)groups.RowCount * groupsOfColumns * most, kept.EdgeCount);
    });

    [Fact]
    public void Steps_to_a_pattern_end_where_one_step_does() => RandomLayer.ForAll(random =>
    {
        int most = 1 + random.NextInt32(3);
        RowGroups groups = RandomLayer.DrawGroups(random);
        ColumnUnits all = ColumnUnits.None(groups).Absent(8, UnitList.Worth((_, _) => random.NextInt32(1000)));
        var scores = UnitList.Of(all).ToDictionary(unit => (unit.Group, unit.Column), unit => unit.Score);

        EdgeLayout layout = LearnedLayout.Of(PatternSelection.Keep(all, 8, 4, most + random.NextInt32(4 - most + 1)), 8);
        double[] weights = [.. RandomLayer.Slots(layout).Select((place, slot) => layout.IsKept(slot) ? scores[(GroupOf(place.Row), place.Column)] : 0)];

        Assert.Equal(
            PatternSelection.Keep(all, 8, 4, most).Columns,
            PatternSelection.Keep(ColumnUnits.Of(layout, weights, groups), 8, 4, most).Columns);

        int GroupOf(int row) => Enumerable.Range(0, groups.Count).Last(group => groups.First(group) <= row);
    });

    /// <summary>The counting rules and the selection give the same number: 2 of every 4, in children of 5 neurons in blocks of 2.</summary>
    [Fact]
    public void A_pattern_ends_with_the_ceiling_of_its_layer()
    {
        LayerShape shape = LayerShape.Of([("Hidden", 8, 5, new ExpansionPlan(2, Split.Learned, Share: 2) { Within = 4 }), ("Logits", 5, 3, ExpansionPlan.None)])[0];
        ColumnUnits all = ColumnUnits.None(shape.Groups).Absent(shape.Inputs, UnitList.Worth((group, column) => group + column));
        Assert.Equal((4, 2), (shape.Pattern!.Group, shape.Pattern.Kept));
        Assert.Equal(40, shape.Ceiling);
        Assert.Equal(40, PatternSelection.Keep(all, shape.Inputs, shape.Pattern.Group, shape.Pattern.Kept).EdgeCount);
    }
}

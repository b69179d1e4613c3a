using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class PatternSelectionTests
{
    [Fact]
    public void Of_every_group_of_columns_a_block_keeps_its_largest() => RandomLayer.ForAll(random =>
    {
        (int kept, int times) = (1 + random.NextInt32(3), 2 + random.NextInt32(3));
        var pattern = new ColumnPattern(kept, kept * times);
        int inputs = pattern.Group * (1 + random.NextInt32(3));
        RowGroups groups = RandomLayer.DrawGroups(random);
        ColumnUnits all = ColumnUnits.None(groups).Absent(inputs, (_, _) => random.NextInt32(6));
        double progress = random.NextInt32(3) == 0 ? 1 : random.NextDouble();

        KeptUnits selected = PatternSelection.Keep(all, pattern, inputs, progress);

        int most = (int)Math.Ceiling(pattern.Group - ((pattern.Group - kept) * progress));
        Assert.Equal(
            UnitList.Of(all)
                .GroupBy(unit => (unit.Group, unit.Column / pattern.Group))
                .SelectMany(own => own.OrderByDescending(unit => unit.Score).Take(most))
                .Select(unit => (unit.Group, unit.Column))
                .Order(),
            UnitList.Places(selected));
        if (progress == 1)
            Assert.Equal((long)groups.RowCount * inputs / times, selected.EdgeCount);
    });

    [Theory]
    [InlineData(0.0, 4)]
    [InlineData(0.49, 4)]
    [InlineData(0.5, 3)]
    [InlineData(0.99, 3)]
    [InlineData(1.0, 2)]
    public void Two_of_four_are_reached_one_by_one(double progress, int columns)
    {
        ColumnUnits all = ColumnUnits.None(RowGroups.Of(3, ExpansionPlan.None)).Absent(8, (_, column) => column);
        KeptUnits kept = PatternSelection.Keep(all, new ColumnPattern(2, 4), 8, progress);
        Assert.All(kept.Columns, own => Assert.Equal(columns, own.Count(column => column < 4)));
        Assert.Equal(3 * 2 * columns, kept.EdgeCount);
    }

    [Fact]
    public void Steps_to_a_pattern_end_where_one_step_does() => RandomLayer.ForAll(random =>
    {
        var pattern = new ColumnPattern(1 + random.NextInt32(2), 4);
        RowGroups groups = RandomLayer.DrawGroups(random);
        ColumnUnits all = ColumnUnits.None(groups).Absent(8, (_, _) => random.NextDouble());
        KeptUnits half = PatternSelection.Keep(all, pattern, 8, random.NextDouble());
        var scores = UnitList.Of(all).ToDictionary(unit => (unit.Group, unit.Column), unit => unit.Score);
        EdgeLayout layout = LearnedLayout.Of(half, 8);
        double[] weights = [.. RandomLayer.Slots(layout).Select((place, slot) => layout.IsKept(slot) ? scores[(GroupOf(groups, place.Row), place.Column)] : 0)];

        KeptUnits twice = PatternSelection.Keep(ColumnUnits.Of(layout, weights, groups), pattern, 8, progress: 1);

        Assert.Equal(PatternSelection.Keep(all, pattern, 8, progress: 1).Columns, twice.Columns);
    });

    private static int GroupOf(RowGroups groups, int row) =>
        Enumerable.Range(0, groups.Count).Last(group => groups.First(group) <= row);
}

using System.Collections;
using Fpe.Compute;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Compute;

public class EdgeLayoutTests
{
    [Fact]
    public void Slots_are_numbered_block_by_block_and_row_by_row() => Check.QuickThrowOnFailure(Prop.ForAll<byte, byte>((outputs, inputs) =>
    {
        foreach (EdgeLayout layout in Layouts.All(1 + outputs % 40, 1 + inputs % 40))
        {
            int slots = 0;
            for (int b = 0; b < layout.BlockCount; b++)
            {
                Assert.Equal(slots, layout.Block(b).FirstSlot);
                slots += layout.Block(b).SlotCount;
            }

            Assert.Equal(slots, layout.SlotCount);
        }
    }));

    [Fact]
    public void Every_row_is_in_one_block()
    {
        foreach (EdgeLayout layout in Layouts.All(outputs: 33, inputs: 9))
        {
            var rows = Enumerable.Range(0, layout.BlockCount).SelectMany(b => layout.Block(b).Rows.ToArray());
            Assert.Equal(Enumerable.Range(0, 33), rows.Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Across_groups_every_slot_keeps_its_row_and_moves_to_the_columns_of_its_group(int groups)
    {
        foreach (EdgeLayout layout in Layouts.All(outputs: 12, inputs: 5))
        {
            EdgeLayout across = layout.AcrossGroups(groups);
            Assert.Equal((12, 5 * groups, layout.SlotCount, layout.EdgeCount), (across.OutputCount, across.InputCount, across.SlotCount, across.EdgeCount));
            Assert.Equal(
                PositionsOf(layout).Select(at => (at.Row, at.Column + (at.Row / (12 / groups) * 5), at.IsKept)), PositionsOf(across));
        }

        static IEnumerable<(int Row, int Column, bool IsKept)> PositionsOf(EdgeLayout layout)
        {
            var positions = new List<(int Row, int Column, bool IsKept)>();
            for (int b = 0; b < layout.BlockCount; b++)
            {
                foreach (int row in layout.Block(b).Rows)
                {
                    foreach (int column in layout.Block(b).Columns)
                        positions.Add((row, column, layout.IsKept(positions.Count)));
                }
            }

            return positions;
        }
    }

    [Fact]
    public void Holes_are_counted()
    {
        EdgeLayout dense = EdgeLayout.Dense(3, 4);
        var kept = new BitArray(12, defaultValue: true) { [5] = false, [11] = false };
        EdgeLayout layout = dense.WithHoles(kept);
        Assert.Equal((12, 10, true), (layout.SlotCount, layout.EdgeCount, layout.HasHoles));
        Assert.False(layout.IsKept(5));
        Assert.True(layout.IsKept(6));
        Assert.Equal((12, false), (dense.EdgeCount, dense.HasHoles));
        Assert.False(dense.WithHoles(new BitArray(12, defaultValue: true)).HasHoles);
    }

    [Theory]
    [InlineData("Block 1 has row 3, but the layer has rows 0 to 2", new[] { 0, 1 }, new[] { 3 }, new[] { 0 })]
    [InlineData("Block 1 has row -1", new[] { 0, 1 }, new[] { -1 }, new[] { 0 })]
    [InlineData("Row 1 of block 1 is also in another block", new[] { 0, 1 }, new[] { 1 }, new[] { 0 })]
    [InlineData("2 rows in total, but the layer has 3", new[] { 0 }, new[] { 1 }, new[] { 0 })]
    [InlineData("Block 1 has column 5 after -1", new[] { 0, 1 }, new[] { 2 }, new[] { 5 })]
    [InlineData("Block 1 has column 1 after 2", new[] { 0, 1 }, new[] { 2 }, new[] { 2, 1 })]
    [InlineData("Block 1 has column 1 after 1", new[] { 0, 1 }, new[] { 2 }, new[] { 1, 1 })]
    [InlineData("Block 1 has column -1 after -1", new[] { 0, 1 }, new[] { 2 }, new[] { -1, 1 })]
    public void Bad_rows_and_columns_are_refused(string message, int[] rows0, int[] rows1, int[] columns1)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, 3, 4, [(rows0, [0]), (rows1, columns1)]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_slots_than_an_array_holds_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => EdgeLayout.Dense(1 << 16, 1 << 15));
        Assert.Contains("Blocks 0 to 0 have 2147483648 slots, more than an array can hold (2147483591).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_must_match_the_slots()
    {
        var error = Assert.Throws<ArgumentException>(() => EdgeLayout.Dense(3, 4).WithHoles(new BitArray(11)));
        Assert.Contains("11 flags do not match 12 slots", error.Message, StringComparison.Ordinal);
    }
}

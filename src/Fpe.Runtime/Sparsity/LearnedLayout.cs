using System.Collections;
using System.Runtime.CompilerServices;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>Creates layouts from the units that are kept.</summary>
internal static class LearnedLayout
{
    // A dense layer with holes takes as long as a dense layer; a single edge takes about three times as long as an edge of a dense layer.
    private const int DenseFrom = 3;

    /// <summary>
    /// Creates the fastest layout: dense with holes if at least a third of all edges exist, otherwise blocks or single rows.
    /// </summary>
    /// <param name="units">The units.</param>
    /// <param name="inputs">Columns of the layer.</param>
    public static EdgeLayout Of(KeptUnits units, int inputs)
    {
        int outputs = units.Groups.RowCount;
        long all = (long)outputs * inputs;
        long edges = units.EdgeCount;
        if (edges * DenseFrom >= all)
        {
            EdgeLayout dense = EdgeLayout.Dense(outputs, inputs);
            return edges == all ? dense : dense.WithHoles(Kept(dense, units));
        }

        (int[] Rows, int[] Columns)[] blocks =
            [.. units.Columns.Select((columns, group) => (Enumerable.Range(units.Groups.First(group), units.Groups.Size(group)).ToArray(), columns))];
        EdgeLayout layout = EdgeLayout.OfBlocks(
            units.Groups.AreSingle ? EdgeStructure.Sparse : EdgeStructure.SharedBlocks, outputs, inputs, blocks);
        return units.Partial.Count == 0 ? layout : layout.WithHoles(Kept(layout, units));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static BitArray Kept(EdgeLayout layout, KeptUnits units)
    {
        var rows = new LayoutRows(layout);
        var kept = new BitArray(layout.SlotCount);
        for (int group = 0; group < units.Groups.Count; group++)
        {
            for (int row = units.Groups.First(group); row < units.Groups.First(group) + units.Groups.Size(group); row++)
            {
                ReadOnlySpan<int> columns = rows.Columns(row);
                (int first, int at) = (rows.FirstSlot(row), 0);
                foreach (int column in units.Columns[group])
                {
                    while (columns[at] < column)
                        at++;
                    kept[first + at] = true;
                }
            }
        }

        foreach (PartialUnit unit in units.Partial)
        {
            for (int row = units.Groups.First(unit.Group); row < units.Groups.First(unit.Group) + units.Groups.Size(unit.Group); row++)
                kept[SlotOf(rows, row, unit.Column)] = unit.Rows.Contains(row);
        }

        return kept;
    }

    private static int SlotOf(LayoutRows rows, int row, int column) => rows.FirstSlot(row) + rows.Columns(row).BinarySearch(column);
}

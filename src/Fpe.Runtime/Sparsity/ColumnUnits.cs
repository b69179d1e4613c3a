using System.Runtime.CompilerServices;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// The units that a layer keeps or drops: each is a column of a block of rows, which is a single edge if the block has one row. Units are
/// numbered block by block, columns ascending.
/// </summary>
internal sealed class ColumnUnits
{
    private readonly int[] starts;
    private readonly List<PartialUnit> partial = [];

    private ColumnUnits(RowGroups groups, int[] counts)
    {
        Groups = groups;
        starts = new int[counts.Length + 1];
        for (int group = 0; group < counts.Length; group++)
            starts[group + 1] = starts[group] + counts[group];
        (Columns, Edges, Scores) = (new int[starts[^1]], new int[starts[^1]], new double[starts[^1]]);
    }

    /// <summary>The blocks.</summary>
    public RowGroups Groups { get; }

    /// <summary>Number of units.</summary>
    public int Count => Columns.Length;

    /// <summary>The column of each unit.</summary>
    public int[] Columns { get; }

    /// <summary>The edges of each unit.</summary>
    public int[] Edges { get; }

    /// <summary>The score of each unit: the root mean square of the values over its edges.</summary>
    public double[] Scores { get; }

    /// <summary>The units that only some rows of their block have.</summary>
    public IReadOnlyList<PartialUnit> Partial => partial;

    /// <summary>Returns the first unit of a block; its units end where those of the next block start.</summary>
    public int First(int group) => starts[group];

    /// <summary>Creates the units of a layer's edges.</summary>
    /// <param name="layout">The edges.</param>
    /// <param name="values">One per slot: the weights.</param>
    /// <param name="groups">The blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ColumnUnits Of(EdgeLayout layout, double[] values, RowGroups groups)
    {
        var rows = new LayoutRows(layout);
        var squares = new double[layout.InputCount];
        var counts = new int[layout.InputCount];
        var units = new ColumnUnits(groups, UnitsIn(layout, rows, groups));
        for (int group = 0, unit = 0; group < groups.Count; group++)
        {
            int size = groups.Size(group);
            for (int row = groups.First(group); row < groups.First(group) + size; row++)
                Add(layout, rows, row, values, squares, counts);
            for (int column = 0; column < counts.Length; column++)
            {
                int edges = counts[column];
                if (edges == 0)
                    continue;
                (units.Columns[unit], units.Edges[unit], units.Scores[unit]) = (column, edges, Math.Sqrt(squares[column] / edges));
                unit++;
                if (edges < size)
                    units.partial.Add(new PartialUnit(group, column, RowsOf(layout, rows, groups, group, column)));
                (squares[column], counts[column]) = (0, 0);
            }
        }

        return units;
    }

    /// <summary>Creates the absent units: those that the layer could still add.</summary>
    /// <param name="inputs">Columns of the layer.</param>
    /// <param name="scoreOf">Computes the scores of the columns of a block, one number per column; called block by block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ColumnUnits Absent(int inputs, Action<int, double[]> scoreOf)
    {
        var absent = new ColumnUnits(Groups, [.. Enumerable.Range(0, Groups.Count).Select(group => inputs - (First(group + 1) - First(group)))]);
        (int[] own, int[] columns, int[] edges, double[] worth) = (Columns, absent.Columns, absent.Edges, absent.Scores);
        var scores = new double[inputs];
        for (int group = 0, next = 0; group < Groups.Count; group++)
        {
            scoreOf(group, scores);
            (int unit, int end, int size) = (First(group), First(group + 1), Groups.Size(group));
            for (int column = 0; column < inputs; column++)
            {
                if (unit < end && own[unit] == column)
                {
                    unit++;
                    continue;
                }

                (columns[next], edges[next], worth[next]) = (column, size, scores[column]);
                next++;
            }
        }

        return absent;
    }

    /// <summary>Returns a part of a unit: the edges of its first rows.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="edges">Number of edges; fewer than the unit has.</param>
    public PartialUnit PartOf(int unit, int edges)
    {
        int group = Array.FindIndex(starts, start => start > unit) - 1;
        int column = Columns[unit];
        IEnumerable<int> rows = Partial.FirstOrDefault(part => part.Group == group && part.Column == column)?.Rows
            ?? Enumerable.Range(Groups.First(group), Groups.Size(group));
        return new PartialUnit(group, column, [.. rows.Take(edges)]);
    }

    /// <summary>Creates the units of a layer without edges.</summary>
    public static ColumnUnits None(RowGroups groups) => new(groups, new int[groups.Count]);

    private static int[] RowsOf(EdgeLayout layout, LayoutRows rows, RowGroups groups, int group, int column) =>
        [.. Enumerable.Range(groups.First(group), groups.Size(group)).Where(row => Has(layout, rows, row, column))];

    private static bool Has(EdgeLayout layout, LayoutRows rows, int row, int column)
    {
        int at = rows.Columns(row).BinarySearch(column);
        return at >= 0 && layout.IsKept(rows.FirstSlot(row) + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] UnitsIn(EdgeLayout layout, LayoutRows rows, RowGroups groups)
    {
        var counts = new int[groups.Count];
        var last = new int[layout.InputCount];
        for (int group = 0; group < counts.Length; group++)
        {
            for (int row = groups.First(group); row < groups.First(group) + groups.Size(group); row++)
            {
                int slot = rows.FirstSlot(row);
                foreach (int column in rows.Columns(row))
                {
                    if (layout.IsKept(slot++) && last[column] <= group)
                    {
                        last[column] = group + 1;
                        counts[group]++;
                    }
                }
            }
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(EdgeLayout layout, LayoutRows rows, int row, double[] values, double[] squares, int[] counts)
    {
        int slot = rows.FirstSlot(row);
        foreach (int column in rows.Columns(row))
        {
            if (layout.IsKept(slot))
            {
                squares[column] += values[slot] * values[slot];
                counts[column]++;
            }

            slot++;
        }
    }
}

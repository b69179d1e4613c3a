using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// What a layer keeps or drops as a whole: a column of a block of rows, which is a single edge where rows are by themselves.
/// Units are numbered block by block, columns ascending.
/// </summary>
internal sealed class ColumnUnits
{
    private readonly int[] starts;

    private ColumnUnits(RowGroups groups, int[] starts, int[] columns, int[] edges, double[] scores, IReadOnlyList<PartialUnit> partial)
    {
        Groups = groups;
        this.starts = starts;
        Columns = columns;
        Edges = edges;
        Scores = scores;
        Partial = partial;
    }

    /// <summary>The blocks.</summary>
    public RowGroups Groups { get; }

    /// <summary>Number of units.</summary>
    public int Count => Columns.Length;

    /// <summary>The column of each unit.</summary>
    public int[] Columns { get; }

    /// <summary>The edges of each unit.</summary>
    public int[] Edges { get; }

    /// <summary>How much each unit is worth: the root mean square of the values over its edges.</summary>
    public double[] Scores { get; }

    /// <summary>The units that not all rows of their block have.</summary>
    public IReadOnlyList<PartialUnit> Partial { get; }

    /// <summary>Number of the first unit of a block; those of the next block end it.</summary>
    public int First(int group) => starts[group];

    /// <summary>The units that a layer has.</summary>
    /// <param name="layout">Its edges.</param>
    /// <param name="values">One per slot: the weights.</param>
    /// <param name="groups">Its blocks.</param>
    public static ColumnUnits Of(EdgeLayout layout, double[] values, RowGroups groups)
    {
        var rows = new LayoutRows(layout);
        var squares = new double[layout.InputCount];
        var counts = new int[layout.InputCount];
        var units = new Builder(groups, layout.EdgeCount);
        for (int group = 0; group < groups.Count; group++)
        {
            Array.Clear(squares);
            Array.Clear(counts);
            for (int row = groups.First(group); row < groups.First(group) + groups.Size(group); row++)
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

            for (int column = 0; column < counts.Length; column++)
            {
                if (counts[column] == 0)
                    continue;
                units.Add(column, counts[column], Math.Sqrt(squares[column] / counts[column]));
                if (counts[column] < groups.Size(group))
                    units.AddPartial(group, column, RowsOf(layout, rows, groups, group, column));
            }

            units.EndGroup(group);
        }

        return units.Build();
    }

    /// <summary>The units that a layer could have besides.</summary>
    /// <param name="inputs">Columns of the layer.</param>
    /// <param name="scoreOf">What a unit is worth, by its block and column; called in their order.</param>
    public ColumnUnits Absent(int inputs, Func<int, int, double> scoreOf)
    {
        var units = new Builder(Groups, Count);
        for (int group = 0; group < Groups.Count; group++)
        {
            int unit = First(group);
            for (int column = 0; column < inputs; column++)
            {
                if (unit < First(group + 1) && Columns[unit] == column)
                    unit++;
                else
                    units.Add(column, Groups.Size(group), scoreOf(group, column));
            }

            units.EndGroup(group);
        }

        return units.Build();
    }

    /// <summary>Some edges of a unit: those of its first rows.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="edges">How many; fewer than it has.</param>
    public PartialUnit PartOf(int unit, int edges)
    {
        int group = Array.FindIndex(starts, start => start > unit) - 1;
        int column = Columns[unit];
        IEnumerable<int> rows = Partial.FirstOrDefault(part => part.Group == group && part.Column == column)?.Rows
            ?? Enumerable.Range(Groups.First(group), Groups.Size(group));
        return new PartialUnit(group, column, [.. rows.Take(edges)]);
    }

    /// <summary>A layer without edges.</summary>
    public static ColumnUnits None(RowGroups groups) => new(groups, new int[groups.Count + 1], [], [], [], []);

    private static int[] RowsOf(EdgeLayout layout, LayoutRows rows, RowGroups groups, int group, int column) =>
        [.. Enumerable.Range(groups.First(group), groups.Size(group)).Where(row => Has(layout, rows, row, column))];

    private static bool Has(EdgeLayout layout, LayoutRows rows, int row, int column)
    {
        int at = rows.Columns(row).BinarySearch(column);
        return at >= 0 && layout.IsKept(rows.FirstSlot(row) + at);
    }

    private sealed class Builder(RowGroups groups, int capacity)
    {
        private readonly int[] starts = new int[groups.Count + 1];
        private readonly List<int> columns = new(capacity);
        private readonly List<int> edges = new(capacity);
        private readonly List<double> scores = new(capacity);
        private readonly List<PartialUnit> partial = [];

        public void Add(int column, int count, double score)
        {
            columns.Add(column);
            edges.Add(count);
            scores.Add(score);
        }

        public void AddPartial(int group, int column, int[] rows) => partial.Add(new PartialUnit(group, column, rows));

        public void EndGroup(int group) => starts[group + 1] = columns.Count;

        public ColumnUnits Build() => new(groups, starts, [.. columns], [.. edges], [.. scores], partial);
    }
}

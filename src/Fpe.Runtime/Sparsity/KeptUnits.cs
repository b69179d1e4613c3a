namespace Fpe.Sparsity;

/// <summary>The columns that the blocks of a layer read.</summary>
/// <param name="Groups">The blocks.</param>
/// <param name="Columns">The columns of each block, ascending.</param>
/// <param name="Partial">Those of them that not all rows of their block read.</param>
internal sealed record KeptUnits(RowGroups Groups, int[][] Columns, IReadOnlyList<PartialUnit> Partial)
{
    /// <summary>Edges of all rows together.</summary>
    public long EdgeCount =>
        Columns.Select((columns, group) => (long)columns.Length * Groups.Size(group)).Sum() - Partial.Sum(unit => Groups.Size(unit.Group) - unit.Rows.Length);

    /// <summary>The units of a layer that are kept.</summary>
    /// <param name="units">All units.</param>
    /// <param name="kept">A flag for each.</param>
    public static KeptUnits Of(ColumnUnits units, bool[] kept)
    {
        var columns = new int[units.Groups.Count][];
        var own = new List<int>();
        for (int group = 0; group < columns.Length; group++)
        {
            own.Clear();
            for (int unit = units.First(group); unit < units.First(group + 1); unit++)
            {
                if (kept[unit])
                    own.Add(units.Columns[unit]);
            }

            columns[group] = [.. own];
        }

        PartialUnit[] partial = [.. units.Partial.Where(unit => Array.BinarySearch(columns[unit.Group], unit.Column) >= 0)];
        return new KeptUnits(units.Groups, columns, partial);
    }

    /// <summary>These units and those of others, which have none of them.</summary>
    public KeptUnits With(KeptUnits others)
    {
        var columns = new int[Columns.Length][];
        for (int group = 0; group < columns.Length; group++)
        {
            columns[group] = [.. Columns[group], .. others.Columns[group]];
            Array.Sort(columns[group]);
        }

        return new KeptUnits(Groups, columns, [.. Partial, .. others.Partial]);
    }

    /// <summary>These units and one more, which only some rows read.</summary>
    public KeptUnits With(PartialUnit unit)
    {
        int[][] columns = [.. Columns];
        columns[unit.Group] = [.. columns[unit.Group], unit.Column];
        Array.Sort(columns[unit.Group]);
        return new KeptUnits(Groups, columns, [.. Partial, unit]);
    }
}

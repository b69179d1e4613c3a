using System.Runtime.CompilerServices;

namespace Fpe.Sparsity;

/// <summary>The columns that the blocks of a layer read.</summary>
/// <param name="Groups">The blocks.</param>
/// <param name="Columns">The columns of each block, ascending.</param>
/// <param name="Partial">The columns among them that only some rows of their block read.</param>
internal sealed record KeptUnits(RowGroups Groups, int[][] Columns, IReadOnlyList<PartialUnit> Partial)
{
    /// <summary>Number of edges of all rows.</summary>
    public long EdgeCount =>
        Columns.Select((columns, group) => (long)columns.Length * Groups.Size(group)).Sum() - Partial.Sum(unit => Groups.Size(unit.Group) - unit.Rows.Length);

    /// <summary>Selects the units of a layer that are kept.</summary>
    /// <param name="units">All units.</param>
    /// <param name="kept">One flag per unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Combines these units with others; no unit may be in both.</summary>
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

    /// <summary>Adds a unit that only some rows read.</summary>
    public KeptUnits With(PartialUnit unit)
    {
        int[][] columns = [.. Columns];
        columns[unit.Group] = [.. columns[unit.Group], unit.Column];
        Array.Sort(columns[unit.Group]);
        return new KeptUnits(Groups, columns, [.. Partial, unit]);
    }
}

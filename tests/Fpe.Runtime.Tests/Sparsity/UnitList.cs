using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

/// <summary>Units one by one, and the edges they stand for.</summary>
internal static class UnitList
{
    public static List<Unit> Of(ColumnUnits units)
    {
        var list = new List<Unit>();
        for (int group = 0; group < units.Groups.Count; group++)
        {
            for (int unit = units.First(group); unit < units.First(group + 1); unit++)
                list.Add(new Unit(group, units.Columns[unit], units.Edges[unit], units.Scores[unit]));
        }

        return list;
    }

    /// <summary>What all columns of a block are worth, from what one is.</summary>
    public static Action<int, double[]> Worth(Func<int, int, double> scoreOf) => (group, scores) =>
    {
        for (int column = 0; column < scores.Length; column++)
            scores[column] = scoreOf(group, column);
    };

    public static List<(int Group, int Column)> Places(KeptUnits units) =>
        [.. units.Columns.SelectMany((columns, group) => columns.Select(column => (group, column)))];

    public static List<(int Row, int Column)> Edges(ColumnUnits units) =>
        [.. Of(units).SelectMany(unit => Edges(units.Groups, units.Partial, unit.Group, unit.Column))];

    public static List<(int Row, int Column)> Edges(KeptUnits units) =>
        [.. Places(units).SelectMany(unit => Edges(units.Groups, units.Partial, unit.Group, unit.Column))];

    private static IEnumerable<(int Row, int Column)> Edges(RowGroups groups, IReadOnlyList<PartialUnit> partial, int group, int column)
    {
        PartialUnit? part = partial.SingleOrDefault(unit => (unit.Group, unit.Column) == (group, column));
        return (part?.Rows ?? Enumerable.Range(groups.First(group), groups.Size(group))).Select(row => (row, column));
    }
}

namespace Fpe.Sparsity;

/// <summary>
/// Magnitude pruning to an exact number of edges: the units of largest root mean square stay, over all layers together, in blocks as
/// whole columns. Each layer keeps its floor; a layer with an N:M pattern is pruned by itself, group by group.
/// </summary>
internal static class BudgetSelection
{
    /// <summary>Chooses what to keep.</summary>
    /// <param name="shapes">The layers.</param>
    /// <param name="units">Their units, with weights as scores.</param>
    /// <param name="budget">Edges to keep; between the floors and the number there is.</param>
    /// <param name="progress">How far patterns are: from 0, all columns, to 1, as few as in the end.</param>
    public static KeptUnits[] Keep(IReadOnlyList<LayerShape> shapes, IReadOnlyList<ColumnUnits> units, long budget, double progress)
    {
        var kept = new KeptUnits[shapes.Count];
        long room = budget;
        for (int l = 0; l < kept.Length; l++)
        {
            if (shapes[l].Pattern is not { } pattern)
                continue;
            kept[l] = PatternSelection.Keep(units[l], pattern, shapes[l].Inputs, progress);
            room -= kept[l].EdgeCount;
        }

        int[] free = [.. Enumerable.Range(0, kept.Length).Where(l => shapes[l].Pattern is null)];
        KeptUnits[] chosen = Keep([.. free.Select(l => units[l])], [.. free.Select(l => shapes[l].Floor)], room);
        for (int i = 0; i < free.Length; i++)
            kept[free[i]] = chosen[i];
        return kept;
    }

    /// <summary>Chooses what to keep of one layer.</summary>
    public static KeptUnits Keep(ColumnUnits units, long budget) => Keep([units], [0], budget)[0];

    private static KeptUnits[] Keep(IReadOnlyList<ColumnUnits> units, IReadOnlyList<long> floors, long budget)
    {
        var selection = new UnitSelection(units);
        long room = budget;
        for (int l = 0; l < units.Count; l++)
        {
            long unit = units[l].Groups.LargestSize;
            long reserved = Math.Min((floors[l] + unit - 1) / unit * unit, room - floors.Skip(l + 1).Sum());
            room += selection.KeepBest(reserved, l) - reserved;
        }

        room = selection.KeepBest(room);
        KeptUnits[] kept = [.. units.Select((own, l) => KeptUnits.Of(own, selection.Kept(l)))];
        if (room > 0 && selection.BestLeft() is { } best)
            kept[best.Layer] = kept[best.Layer].With(units[best.Layer].PartOf(best.Unit, (int)room));
        return kept;
    }
}

namespace Fpe.Sparsity;

/// <summary>
/// Magnitude pruning to an exact number of edges: the units of largest root mean square stay, over all layers together, in blocks as
/// whole columns. Each layer keeps its floor. Where no whole column fits what is left of the budget, one is kept in part.
/// </summary>
internal static class BudgetSelection
{
    /// <summary>Chooses what to keep of one layer.</summary>
    /// <param name="units">Its units.</param>
    /// <param name="budget">Edges to keep; at most as many as it has.</param>
    public static KeptUnits Keep(ColumnUnits units, long budget) => Keep([units], [0], budget)[0];

    /// <summary>Chooses what to keep.</summary>
    /// <param name="layers">The units of each layer.</param>
    /// <param name="floors">Edges that each layer keeps at least, rounded up to whole columns if the budget has room.</param>
    /// <param name="budget">Edges to keep; between the sum of the floors and the number there is.</param>
    public static KeptUnits[] Keep(IReadOnlyList<ColumnUnits> layers, IReadOnlyList<long> floors, long budget)
    {
        var selection = new UnitSelection(layers);
        long room = budget;
        for (int l = 0; l < layers.Count; l++)
        {
            long unit = layers[l].Groups.LargestSize;
            long reserved = Math.Min((floors[l] + unit - 1) / unit * unit, room - floors.Skip(l + 1).Sum());
            room += selection.KeepBest(reserved, l) - reserved;
        }

        room = selection.KeepBest(room);
        KeptUnits[] kept = [.. layers.Select((own, l) => KeptUnits.Of(own, selection.Kept(l)))];
        if (room > 0 && selection.BestLeft() is { } best)
            kept[best.Layer] = kept[best.Layer].With(layers[best.Layer].PartOf(best.Unit, (int)room));
        return kept;
    }
}

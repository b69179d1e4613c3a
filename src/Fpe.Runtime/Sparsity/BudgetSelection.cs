namespace Fpe.Sparsity;

/// <summary>
/// Magnitude pruning to an exact number of edges: keeps the units with the largest root mean square over all layers together; blocks keep
/// whole columns. Each layer keeps its floor. If no whole column fits into the rest of the budget, one is kept in part.
/// </summary>
internal static class BudgetSelection
{
    /// <summary>Chooses what to keep of one layer.</summary>
    /// <param name="units">The units of the layer.</param>
    /// <param name="budget">Edges to keep; at most as many as it has.</param>
    public static KeptUnits Keep(ColumnUnits units, long budget) => Keep([units], [0], budget)[0];

    /// <summary>Chooses what to keep.</summary>
    /// <param name="layers">The units of each layer.</param>
    /// <param name="floors">Minimum number of edges of each layer, rounded up to whole columns if the budget allows it.</param>
    /// <param name="budget">Edges to keep; from the sum of the floors to the number of edges.</param>
    public static KeptUnits[] Keep(IReadOnlyList<ColumnUnits> layers, IReadOnlyList<long> floors, long budget)
    {
        var selection = new UnitSelection(layers);
        var parts = new int[layers.Count];
        long room = budget;
        for (int l = 0; l < layers.Count; l++)
        {
            long missing = selection.KeepBest(floors[l], l);
            room -= floors[l] - missing;
            if (missing == 0 || selection.BestLeft(l) is not { } next)
                continue;
            int edges = layers[l].Edges[next.Unit];
            if (edges <= room - floors.Skip(l + 1).Sum())
            {
                selection.Keep(l, next.Unit);
                room -= edges;
            }
            else
            {
                parts[l] = (int)missing;
                room -= missing;
            }
        }

        room = selection.KeepBest(room);
        if (room > 0 && selection.BestLeft() is { } best)
            parts[best.Layer] += (int)room;
        return [.. layers.Select((own, l) => With(parts[l], KeptUnits.Of(own, selection.Kept(l)), l))];

        KeptUnits With(int part, KeptUnits whole, int l) =>
            part > 0 && selection.BestLeft(l) is { } next ? whole.With(layers[l].PartOf(next.Unit, part)) : whole;
    }
}

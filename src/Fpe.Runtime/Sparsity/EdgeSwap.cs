namespace Fpe.Sparsity;

/// <summary>
/// Exchanges edges of a layer at a constant count: units of smallest score go, and as many come that were not there, those that are
/// worth most. Columns of blocks that only some rows read stay.
/// </summary>
internal static class EdgeSwap
{
    /// <summary>Chooses the units that the layer has afterwards.</summary>
    /// <param name="units">The units that it has, with their weights as scores.</param>
    /// <param name="inputs">Columns of the layer.</param>
    /// <param name="fraction">Share of the units to exchange.</param>
    /// <param name="scoreOf">What a unit is worth that the layer does not have, by block and column.</param>
    public static KeptUnits Swap(ColumnUnits units, int inputs, double fraction, Func<int, int, double> scoreOf)
    {
        ColumnUnits absent = units.Absent(inputs, scoreOf);
        var staying = new UnitSelection([units]);
        var coming = new UnitSelection([absent]);
        foreach (PartialUnit partial in units.Partial)
            staying.Keep(layer: 0, IndexOf(units, partial));
        foreach (int size in units.Groups.Sizes)
        {
            long present = units.Edges.Where((edges, unit) => edges == size && !staying.Kept(0)[unit]).LongCount();
            long exchanged = Math.Min((long)Math.Round(fraction * present), absent.Edges.Count(edges => edges == size));
            staying.KeepBest((present - exchanged) * size, edges: size);
            coming.KeepBest(exchanged * size, edges: size);
        }

        return KeptUnits.Of(units, staying.Kept(0)).With(KeptUnits.Of(absent, coming.Kept(0)));
    }

    private static int IndexOf(ColumnUnits units, PartialUnit partial)
    {
        int first = units.First(partial.Group);
        return Array.BinarySearch(units.Columns, first, units.First(partial.Group + 1) - first, partial.Column);
    }
}

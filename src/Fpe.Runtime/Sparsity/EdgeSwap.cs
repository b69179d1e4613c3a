namespace Fpe.Sparsity;

/// <summary>
/// Exchanges edges of a layer at a constant count: drops the units with the smallest scores and adds as many absent units, those with the
/// largest scores. Columns of blocks that only some rows read are kept.
/// </summary>
internal static class EdgeSwap
{
    /// <summary>Chooses the units of the layer after the exchange.</summary>
    /// <param name="units">The current units, with their weights as scores.</param>
    /// <param name="inputs">Columns of the layer.</param>
    /// <param name="fraction">Share of the units to exchange.</param>
    /// <param name="scoreOf">Computes the scores of absent units, column by column of a block.</param>
    public static KeptUnits Swap(ColumnUnits units, int inputs, double fraction, Action<int, double[]> scoreOf)
    {
        ColumnUnits absent = units.Absent(inputs, scoreOf);
        var staying = new UnitSelection([units]);
        var coming = new UnitSelection([absent]);
        foreach (PartialUnit partial in units.Partial)
            staying.Keep(layer: 0, IndexOf(units, partial));
        foreach (int size in units.Groups.Sizes)
        {
            int[] groups = [.. Enumerable.Range(0, units.Groups.Count).Where(group => units.Groups.Size(group) == size)];
            long present = groups.Sum(group => (long)units.First(group + 1) - units.First(group)) - units.Partial.Count(unit => units.Groups.Size(unit.Group) == size);
            long missing = groups.Sum(group => (long)absent.First(group + 1) - absent.First(group));
            long exchanged = Math.Min((long)Math.Round(fraction * present), missing);
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

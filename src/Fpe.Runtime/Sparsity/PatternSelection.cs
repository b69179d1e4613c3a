namespace Fpe.Sparsity;

/// <summary>N:M pruning: in each group of columns, a block keeps those with the largest scores.</summary>
internal static class PatternSelection
{
    /// <summary>Chooses what to keep.</summary>
    /// <param name="units">The units of a layer.</param>
    /// <param name="inputs">Columns of the layer; a multiple of the group.</param>
    /// <param name="size">Columns per group (M).</param>
    /// <param name="most">Columns to keep per group; at least N.</param>
    public static KeptUnits Keep(ColumnUnits units, int inputs, int size, int most)
    {
        var kept = new bool[units.Count];
        var order = new List<int>(size);
        for (int group = 0; group < units.Groups.Count; group++)
        {
            int unit = units.First(group);
            for (int end = size; end <= inputs; end += size)
            {
                order.Clear();
                while (unit < units.First(group + 1) && units.Columns[unit] < end)
                    order.Add(unit++);
                foreach (int best in order.OrderByDescending(own => units.Scores[own]).Take(most))
                    kept[best] = true;
            }
        }

        return KeptUnits.Of(units, kept);
    }
}

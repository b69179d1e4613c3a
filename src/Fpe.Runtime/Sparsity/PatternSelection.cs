using System.Collections;

namespace Fpe.Sparsity;

/// <summary>N:M pruning: of every group of columns a block keeps those of largest score.</summary>
internal static class PatternSelection
{
    /// <summary>Chooses what to keep.</summary>
    /// <param name="units">The units of a layer.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="inputs">Columns of the layer; a multiple of the group.</param>
    /// <param name="progress">From 0, every column, to 1, as many as the pattern says; rounded up in between.</param>
    public static KeptUnits Keep(ColumnUnits units, ColumnPattern pattern, int inputs, double progress)
    {
        int most = pattern.Group - (int)Math.Floor((pattern.Group - pattern.Kept) * progress);
        var kept = new BitArray(units.Count);
        var order = new List<int>(pattern.Group);
        for (int group = 0; group < units.Groups.Count; group++)
        {
            int unit = units.First(group);
            for (int end = pattern.Group; end <= inputs; end += pattern.Group)
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

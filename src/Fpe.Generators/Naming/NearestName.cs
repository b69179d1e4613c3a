using System;
using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Naming;

/// <summary>Finds the name that was most likely intended instead of an unknown one.</summary>
internal static class NearestName
{
    /// <summary>
    /// Returns the name with the smallest edit distance; null if more than a third of the written letters would have to change.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: DistanceOf(written, name)))
        .Where(candidate => candidate.Distance <= Math.Max(1, written.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Returns the number of letters to insert, remove or replace, ignoring case.</summary>
    private static int DistanceOf(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[other.Length];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Checks;

/// <summary>Finds numbers to suggest in place of one that does not divide another.</summary>
internal static class NearestDivisors
{
    /// <summary>The largest divisor below a value and the smallest above it, of those that fit; none, one or both.</summary>
    public static int[] Of(int number, int value, Func<int, bool> fits)
    {
        int[] fitting = [.. DivisorsOf(number).Where(fits)];
        int[] below = [.. fitting.Where(divisor => divisor < value)];
        int[] above = [.. fitting.Where(divisor => divisor > value)];
        return [.. below.Length > 0 ? [below.Max()] : below, .. above.Length > 0 ? [above.Min()] : above];
    }

    private static IEnumerable<int> DivisorsOf(int number)
    {
        for (int divisor = 1; divisor <= number / divisor; divisor++)
        {
            if (number % divisor != 0)
                continue;
            yield return divisor;
            yield return number / divisor;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Checks;

/// <summary>Finds numbers to suggest instead of one that does not divide another.</summary>
internal static class NearestDivisors
{
    /// <summary>Returns the largest fitting divisor below a value and the smallest one above it: none, one or both.</summary>
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

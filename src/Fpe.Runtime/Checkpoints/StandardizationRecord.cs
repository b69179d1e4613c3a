using Fpe.Data;
using static System.FormattableString;

namespace Fpe.Checkpoints;

/// <summary>A standardisation as it is in a file: value = (value − mean) / deviation, by the group of each feature.</summary>
/// <param name="Groups">
/// Pairs of a group and the number of consecutive features that belong to it; group −1 are tokens, which are left as they are.
/// </param>
/// <param name="Means">The mean of each group.</param>
/// <param name="Deviations">The deviation of each group; 0 for constants, which become 0.</param>
internal sealed record StandardizationRecord(int[][] Groups, double[] Means, double[] Deviations)
{
    /// <summary>Returns the record of a standardisation.</summary>
    public static StandardizationRecord Of(Standardization standardization)
    {
        var runs = new List<int[]>();
        foreach (int group in standardization.Groups)
        {
            if (runs.Count > 0 && runs[^1][0] == group)
                runs[^1][1]++;
            else
                runs.Add([group, 1]);
        }

        return new StandardizationRecord([.. runs], [.. standardization.Means], [.. standardization.Deviations]);
    }

    /// <summary>Returns what is wrong for a number of features, to follow the name; null if nothing is.</summary>
    public string? Problem(int width)
    {
        if (Means.Length == 0 || Means.Length != Deviations.Length)
            return $"has {Means.Length} means and {Deviations.Length} deviations, but needs as many of both, and at least one";
        if (Array.FindIndex(Groups, run => run is not [_, >= 1] || run[0] < -1 || run[0] >= Means.Length) is >= 0 and var wrong)
            return $"has [{string.Join(", ", Groups[wrong] ?? [])}] as group {wrong}, but needs a group from -1 to {Means.Length - 1} and a number of features";
        long count = Groups.Sum(run => (long)run[1]);
        if (count != width)
            return $"has {count} features, but the model has {width}";
        if (Array.FindIndex(Means, mean => !double.IsFinite(mean)) is >= 0 and var mean)
            return Invariant($"has mean {Means[mean]} at {mean}, which is not finite");
        return Array.FindIndex(Deviations, deviation => !double.IsFinite(deviation) || deviation < 0) is >= 0 and var deviation
            ? Invariant($"has deviation {Deviations[deviation]} at {deviation}, but needs finite numbers that are at least 0")
            : null;
    }

    /// <summary>Returns the standardisation of a record without a problem.</summary>
    public Standardization ToStandardization(int width)
    {
        var groups = new int[width];
        Span<int> rest = groups;
        foreach (int[] run in Groups)
        {
            rest[..run[1]].Fill(run[0]);
            rest = rest[run[1]..];
        }

        return new Standardization(groups, Means, Deviations);
    }
}

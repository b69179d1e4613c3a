using Fpe.Data;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>The tables by which samples are standardised.</summary>
internal static class SampleTables
{
    /// <summary>What the names of the tables begin with.</summary>
    public const string Prefix = "sample";

    private const string ByTable = "groups[i]";

    /// <summary>Returns the tables; none if all values are of one group, whose mean and deviation are part of the code.</summary>
    public static IReadOnlyList<CTable> Of(Standardization features)
    {
        if (GroupIndex(features) is not { } index)
            return [];
        var tables = new List<CTable>
        {
            OfNumbers("means", features.Means, "The mean of each group of values of a sample."),
            OfNumbers("deviations", features.Deviations, "The deviation of each group; what has none becomes 0."),
        };
        if (index == ByTable)
            tables.Add(new CTable("groups", "uint16_t", sizeof(ushort), [.. features.Groups.ToArray().Select(group => $"{group}")], "The group of each value."));
        return tables;
    }

    /// <summary>Returns the expression of the group of value <c>i</c>; null if all values are of one group.</summary>
    public static string? GroupOf(Standardization features) => GroupIndex(features) is ByTable ? $"{Prefix}_{ByTable}" : GroupIndex(features);

    private static CTable OfNumbers(string name, IReadOnlyList<double> values, string comment) =>
        new(name, "double", sizeof(double), [.. values.Select(CLiteral.Of)], comment);

    private static string? GroupIndex(Standardization features)
    {
        int[] groups = features.Groups.ToArray();
        if (features.Means.Count == 1)
            return null;
        int size = groups.Length / features.Means.Count;
        if (groups.Length % features.Means.Count == 0 && groups.Select((group, i) => group == i / size).All(isSame => isSame))
            return size == 1 ? "i" : $"i / {size}";
        return ByTable;
    }
}

namespace Samples.Paper.Comparisons;

/// <summary>Measurements of which some are not known.</summary>
internal static class KnownValues
{
    /// <summary>Returns those that are known, in their order.</summary>
    public static IEnumerable<double> Known(this IEnumerable<double?> values) => values.Where(value => value.HasValue).Select(value => value!.Value);
}

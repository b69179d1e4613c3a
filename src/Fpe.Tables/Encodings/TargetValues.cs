using Fpe.Data;

namespace Fpe.Tables;

/// <summary>The classes or target values of rows.</summary>
/// <param name="Labels">The class of each row; null if rows have target values.</param>
/// <param name="Targets">The target values, row by row; null if rows have classes.</param>
/// <param name="Count">The number of classes, or of target values per row.</param>
internal sealed record TargetValues(int[]? Labels, float[]? Targets, int Count)
{
    /// <summary>Returns samples of numbers with these targets.</summary>
    public Dataset With(string name, int width, float[] samples) => Labels is not null
        ? Dataset.OfClasses(name, width, samples, Labels, Count)
        : Dataset.OfTargets(name, width, samples, Count, Targets!);

    /// <summary>Returns samples of tokens with these targets.</summary>
    public Dataset With(string name, TokenRows samples) => Labels is not null
        ? Dataset.OfClasses(name, samples, Labels, Count)
        : Dataset.OfTargets(name, samples, Count, Targets!);
}

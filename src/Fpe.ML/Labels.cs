using Fpe.Data;

namespace Fpe.ML;

/// <summary>The labels of rows: classes, or vectors of target values.</summary>
/// <param name="Classes">The class of each row; null for target values.</param>
/// <param name="Targets">The target values, row by row; null for classes.</param>
/// <param name="Width">The number of classes, or of target values in a row.</param>
internal sealed record Labels(int[]? Classes, float[]? Targets, int Width)
{
    /// <summary>Returns the labels of some rows.</summary>
    public Labels Select(ReadOnlySpan<int> rows) => new(
        Classes is null ? null : Rows.Select(Classes, 1, rows),
        Targets is null ? null : Rows.Select(Targets, Width, rows),
        Width);

    /// <summary>Returns the rows with these labels.</summary>
    public Dataset ToDataset(string name, int width, float[] features) => Classes is not null
        ? Dataset.OfClasses(name, width, features, Classes, Width)
        : Dataset.OfTargets(name, width, features, Width, Targets!);
}

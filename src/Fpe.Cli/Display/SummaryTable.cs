namespace Fpe.Cli.Display;

/// <summary>The summary of a model as a table that fits the terminal. If it is narrow, the least informative columns are omitted.</summary>
internal static class SummaryTable
{
    private static readonly string[] LeftOutFirst = ["multiply-adds", "kind", "density", "biases", "share", "before", "pruned"];

    /// <summary>Creates the table.</summary>
    /// <param name="summary">The model.</param>
    /// <param name="width">The number of characters per line.</param>
    public static TextTable Create(ModelSummary summary, int width) => new TextTable(
        ModelSummary.Columns, [.. summary.Cells()], ModelSummary.Columns.Count(heading => heading is "layer" or "kind" or "shape")).Fit(width, LeftOutFirst);
}

namespace Fpe.Cli.Display;

/// <summary>The summary of a model as a table that fits the terminal. If it is narrow, the least informative columns are omitted.</summary>
internal static class SummaryTable
{
    private static readonly string[] LeftOutFirst = ["multiply-adds", "kind", "density", "biases", "share", "before", "pruned"];

    /// <summary>Creates the table.</summary>
    /// <param name="summary">The model.</param>
    /// <param name="width">The number of characters per line.</param>
    public static TextTable Create(ModelSummary summary, int width)
    {
        IReadOnlyList<string>[] rows = [.. summary.Cells()];
        List<int> columns = [.. Enumerable.Range(0, ModelSummary.Columns.Count)];
        TextTable table = Pick(rows, columns);
        foreach (string name in LeftOutFirst.TakeWhile(_ => table.Width > width))
        {
            columns.RemoveAll(column => ModelSummary.Columns[column] == name);
            table = Pick(rows, columns);
        }

        return table;
    }

    private static TextTable Pick(IReadOnlyList<string>[] rows, List<int> columns)
    {
        string[] headings = [.. columns.Select(column => ModelSummary.Columns[column])];
        string[][] cells = [.. rows.Select(row => columns.Select(column => row[column]).ToArray())];
        return new TextTable(headings, cells, headings.Count(heading => heading is "layer" or "kind" or "shape"));
    }
}

using Spectre.Console.Rendering;

namespace Fpe.Cli.Display;

/// <summary>The summary of a model as a table that fits the terminal: where it is narrow, columns that say least are left out.</summary>
internal static class SummaryTable
{
    private const int Gap = 2;

    private static readonly string[] LeftOutFirst = ["multiply-adds", "kind", "biases", "density", "before", "pruned"];

    public static IRenderable Create(ModelSummary summary, int width)
    {
        IReadOnlyList<string>[] rows = [.. summary.Cells()];
        var columns = Enumerable.Range(0, ModelSummary.Columns.Count).ToList();
        foreach (string name in LeftOutFirst)
        {
            if (columns.Sum(column => WidthOf(column, rows) + Gap) > width)
                columns.RemoveAll(column => ModelSummary.Columns[column] == name);
        }

        int words = columns.Count(column => ModelSummary.Columns[column] is "layer" or "kind" or "shape");
        return PlainTable.Create(Pick(ModelSummary.Columns, columns), rows.Select(row => Pick(row, columns)), words);
    }

    private static int WidthOf(int column, IEnumerable<IReadOnlyList<string>> rows) =>
        rows.Append(ModelSummary.Columns).Max(row => row[column].Length);

    private static string[] Pick(IReadOnlyList<string> cells, List<int> columns) => [.. columns.Select(column => cells[column])];
}

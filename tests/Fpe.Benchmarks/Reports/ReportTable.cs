namespace Fpe.Benchmarks.Reports;

/// <summary>A table of a <see cref="Report"/>.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">The values row by row, with all digits.</param>
/// <param name="Text">The same as they are shown.</param>
internal sealed record ReportTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, IReadOnlyList<IReadOnlyList<string>> Text)
{
    /// <summary>Returns the table for a report.</summary>
    public static ReportTable Of(Table table) => new(table.Title, [.. table.Columns.Select(column => column.Heading)], table.Rows, table.Text);

    /// <summary>Writes the table as Markdown.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"{Title}:\n");
        WriteLine(output, Columns);
        WriteLine(output, Columns.Select(_ => "---"));
        foreach (IReadOnlyList<string> row in Text)
            WriteLine(output, row);
        output.WriteLine();
    }

    private static void WriteLine(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}

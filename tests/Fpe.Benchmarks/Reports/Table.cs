using System.Globalization;

namespace Fpe.Benchmarks.Reports;

/// <summary>What a benchmark reports: words and numbers under headings.</summary>
/// <param name="title">What was measured.</param>
/// <param name="columns">The columns.</param>
internal sealed class Table(string title, params IReadOnlyList<Column> columns)
{
    private const string Gap = "  ";

    private readonly List<IReadOnlyList<object?>> rows = [];

    /// <summary>What was measured.</summary>
    public string Title => title;

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>Values row by row: strings, numbers, or null where nothing was measured.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows => rows;

    /// <summary>The values as they are shown.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Text => [.. rows.Select(row => row.Select(Cell).ToArray())];

    /// <summary>Adds a row.</summary>
    /// <param name="values">One for each column.</param>
    public void Add(params IReadOnlyList<object?> values)
    {
        if (values.Count != columns.Count)
            throw new ArgumentException($"{values.Count} values for {columns.Count} columns of '{title}'.", nameof(values));
        rows.Add(values);
    }

    /// <summary>Writes the table as aligned text: words to the left, numbers to the right.</summary>
    public void Write(TextWriter output)
    {
        IReadOnlyList<IReadOnlyList<string>> cells = Text;
        int[] widths = [.. columns.Select((column, c) => cells.Select(row => row[c].Length).Append(column.Heading.Length).Max())];
        output.WriteLine(title);
        output.WriteLine(Line([.. columns.Select(column => column.Heading)], widths));
        output.WriteLine(new string('─', widths.Sum() + (Gap.Length * (widths.Length - 1))));
        foreach (IReadOnlyList<string> row in cells)
            output.WriteLine(Line(row, widths));
        output.WriteLine();
    }

    private string Cell(object? value, int column) => value switch
    {
        null => "–",
        double number => number.ToString(columns[column].Format, CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private string Line(IReadOnlyList<string> cells, int[] widths) => string.Join(Gap, cells.Select((cell, c) => HoldsWords(c) ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd();

    private bool HoldsWords(int column) => rows.Any(row => row[column] is string);
}

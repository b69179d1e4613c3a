namespace Fpe.Tables;

/// <summary>How a CSV file is written.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets what separates fields; null to detect a comma, semicolon, tab or vertical bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Gets whether numbers have decimal commas (<c>1,5</c>) and not decimal points (<c>1.5</c>).</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Gets the names of all columns of a file without a header; null if the first line has them.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Gets the texts that mark a missing value besides an empty field, such as <c>NA</c> or <c>?</c>.</summary>
    public IReadOnlyList<string> MissingMarks { get; init; } = [];

    /// <exception cref="TableColumnException">An option is not valid.</exception>
    internal void Check(string name)
    {
        bool canSeparate = Delimiter is null or '\t' or (>= ' ' and <= '~' and not ('"' or '#' or '.'));
        if (!canSeparate)
            throw new TableColumnException(name, $"{nameof(Delimiter)} '{Delimiter}' cannot separate fields; use a comma, a semicolon, a tab or another character that is not part of values.");
        if (ColumnNames is { Count: 0 })
            throw new TableColumnException(name, $"{nameof(ColumnNames)} is empty; pass the name of each column, or null if the first line has them.");
    }
}

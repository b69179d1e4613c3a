namespace Fpe.Tables;

/// <summary>Thrown when a column is not in a table, is there twice, has another type, or has an option that does not fit it.</summary>
public sealed class TableColumnException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The problem, the columns and the fix.</param>
    public TableColumnException(string problem)
        : base(problem)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="file">The path of the file, or the name of the table.</param>
    /// <param name="problem">The problem, the columns and the fix.</param>
    public TableColumnException(string file, string problem)
        : base($"{file}: {problem}") => File = file;

    /// <summary>Gets the path of the file, or the name of the table; null for a schema.</summary>
    public string? File { get; }
}

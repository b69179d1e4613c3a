namespace Fpe.ML;

/// <summary>Thrown when a column of an <see cref="Microsoft.ML.IDataView"/> is missing, or its type does not fit the model.</summary>
public sealed class ColumnException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public ColumnException(string column, string problem)
        : base($"Column {column}: {problem}") => Column = column;

    /// <summary>Gets the name of the column.</summary>
    public string Column { get; }
}

using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>Thrown when a value of a table cannot be used; the message has file, place, column, value and remedy.</summary>
public class TableValueException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The path of the file, or the name of the table.</param>
    /// <param name="place">The place of the row; the default value if it is the only one.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="number">The number of the column, from 1.</param>
    /// <param name="problem">The value, the problem and the fix.</param>
    public TableValueException(string file, FilePlace place, string column, int number, string problem)
        : base(Invariant($"{file}: {(place.Unit is null ? "" : $"{place}, ")}column {number} ({column}): {problem}"))
    {
        File = file;
        Place = place;
        Column = column;
        Number = number;
    }

    /// <summary>Gets the path of the file, or the name of the table.</summary>
    public string File { get; }

    /// <summary>Gets the place of the row.</summary>
    public FilePlace Place { get; }

    /// <summary>Gets the name of the column.</summary>
    public string Column { get; }

    /// <summary>Gets the number of the column, from 1.</summary>
    public int Number { get; }
}

using Fpe.Data.Files;

namespace Fpe.Tables;

/// <summary>Thrown when a value is missing and nothing says what to do about it.</summary>
public sealed class MissingValueException : TableValueException
{
    /// <inheritdoc cref="TableValueException(string, FilePlace, string, int, string)"/>
    public MissingValueException(string file, FilePlace place, string column, int number, string problem)
        : base(file, place, column, number, problem)
    {
    }
}

using Fpe.Data.Files;

namespace Fpe.Tables;

/// <summary>Thrown when a category, class or label is none of those that were learned or given.</summary>
public sealed class UnknownCategoryException : TableValueException
{
    /// <inheritdoc cref="TableValueException(string, FilePlace, string, int, string)"/>
    public UnknownCategoryException(string file, FilePlace place, string column, int number, string problem)
        : base(file, place, column, number, problem)
    {
    }
}

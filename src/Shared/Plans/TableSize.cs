using static System.FormattableString;

namespace Fpe;

/// <summary>Checks the size of a table of tokens.</summary>
internal static class TableSize
{
    /// <summary>The largest number of different tokens. Samples are stored in single precision, which represents these numbers exactly.</summary>
    public const int MaximumVocabulary = 1 << 24;

    /// <summary>Returns the number of rows.</summary>
    /// <param name="where">The layer.</param>
    /// <param name="vocabulary">The number of rows.</param>
    /// <param name="dimension">The length of a row.</param>
    /// <exception cref="PlanException">The number of rows is less than 1 or too large, or the table is too large.</exception>
    public static int RequireVocabulary(string where, int vocabulary, int dimension)
    {
        PlanException.RequirePositive(where, "the vocabulary", vocabulary);
        if (vocabulary > MaximumVocabulary)
            throw new PlanException(where, Invariant($"a vocabulary of {vocabulary} tokens exceeds the maximum of {MaximumVocabulary}; use a smaller vocabulary, or hash the tokens."));
        long count = (long)vocabulary * dimension;
        return count <= int.MaxValue
            ? vocabulary
            : throw new PlanException(where, Invariant($"a table of {vocabulary} × {dimension} has {count} values, but the maximum is {int.MaxValue}; use a smaller vocabulary or dimension."));
    }
}

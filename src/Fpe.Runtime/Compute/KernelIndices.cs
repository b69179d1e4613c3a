using System.Numerics;

namespace Fpe.Compute;

/// <summary>Checks of index values, which only the kernels of a device can read.</summary>
public static class KernelIndices
{
    /// <summary>Checks the class of a sample.</summary>
    /// <param name="label">The class.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="sample">Number of the sample in the batch, for the message.</param>
    /// <exception cref="ArgumentException">The class does not exist.</exception>
    public static void CheckLabel(int label, int classes, int sample)
    {
        if ((uint)label >= (uint)classes)
            ThrowIndex($"Sample {sample} of the batch has label {label}, outside 0 to {classes - 1}.", "labels");
    }

    /// <summary>Checks an element of a sample order.</summary>
    /// <param name="row">The row of the data that becomes a sample.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sample">Number of the sample in the batch, for the message.</param>
    /// <exception cref="ArgumentException">The row does not exist.</exception>
    public static void CheckOrder(int row, int rows, int sample)
    {
        if ((uint)row >= (uint)rows)
            ThrowIndex($"Sample {sample} of the batch is row {row}, outside 0 to {rows - 1}.", "order");
    }

    /// <summary>Checks a token: a row of a table, or a negative number if its place is empty.</summary>
    /// <param name="token">The token.</param>
    /// <param name="vocabulary">Number of rows of the table.</param>
    /// <param name="sample">Number of the sample in the batch, for the message.</param>
    /// <param name="place">Number of the place in the sample, for the message.</param>
    /// <exception cref="ArgumentException">The token is not a whole number, or the row does not exist.</exception>
    public static void CheckToken(double token, int vocabulary, int sample, int place)
    {
        if (token < 0)
            return;
        if (!(token < vocabulary))
        {
            ThrowIndex(
                $"Sample {sample} of the batch has token {token} at place {place}, outside 0 to {vocabulary - 1}; a negative number would be an "
                    + "empty place.",
                "tokens");
        }

        if (token != Math.Truncate(token))
            ThrowIndex($"Sample {sample} of the batch has token {token} at place {place}, which is not a whole number.", "tokens");
    }

    /// <summary>Checks the tokens of a batch.</summary>
    /// <param name="tokens">Tokens, sample by sample.</param>
    /// <param name="places">Tokens of a sample.</param>
    /// <param name="vocabulary">Number of rows of the table.</param>
    /// <exception cref="ArgumentException">A token is not a whole number, or its row does not exist.</exception>
    public static void CheckTokens<T>(ReadOnlySpan<T> tokens, int places, int vocabulary)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (int t = 0; t < tokens.Length; t++)
            CheckToken(double.CreateTruncating(tokens[t]), vocabulary, t / places, t % places);
    }

    /// <summary>Checks the row numbers of a table before the first negative one.</summary>
    /// <param name="numbers">The row numbers.</param>
    /// <param name="rows">Number of rows of the table.</param>
    /// <returns>The number of row numbers before the first negative one.</returns>
    /// <exception cref="ArgumentException">A row does not exist.</exception>
    public static int CheckRows(ReadOnlySpan<int> numbers, int rows)
    {
        int count = 0;
        for (; count < numbers.Length && numbers[count] >= 0; count++)
        {
            if (numbers[count] >= rows)
                ThrowIndex($"Element {count} of the row numbers is {numbers[count]}, outside 0 to {rows - 1}.", "rows");
        }

        return count;
    }

    /// <summary>Checks the places of values that move within a buffer.</summary>
    /// <param name="from">Where they are.</param>
    /// <param name="to">Where they move.</param>
    /// <param name="length">Number of elements of the buffer.</param>
    /// <exception cref="ArgumentException">An element does not exist.</exception>
    public static void CheckMoves(ReadOnlySpan<int> from, ReadOnlySpan<int> to, int length)
    {
        CheckPlaces(from, length, nameof(from));
        CheckPlaces(to, length, nameof(to));
    }

    private static void CheckPlaces(ReadOnlySpan<int> places, int length, string name)
    {
        int wrong = places.IndexOfAnyExceptInRange(0, length - 1);
        if (wrong >= 0)
            ThrowIndex($"Place {wrong} is element {places[wrong]} of the buffer, outside 0 to {length - 1}.", name);
    }

    private static void ThrowIndex(string message, string name) => throw new ArgumentException(message, name);
}

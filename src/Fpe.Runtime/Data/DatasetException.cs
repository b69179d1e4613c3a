namespace Fpe.Data;

/// <summary>Thrown when a data set cannot be used because its content is invalid or it does not fit the model.</summary>
public sealed class DatasetException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="dataset">The name of the data set, or of the file it comes from.</param>
    /// <param name="problem">The problem, its location, the numbers and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public DatasetException(string dataset, string problem, Exception? innerException = null)
        : base($"{dataset}: {problem}", innerException)
    {
    }

    /// <summary>Checks that an argument is at least 1.</summary>
    /// <exception cref="DatasetException">The argument is less than 1.</exception>
    internal static void RequirePositive(string dataset, string what, int value)
    {
        if (value < 1)
            throw new DatasetException(dataset, FormattableString.Invariant($"{what} must be at least 1, but is {value}."));
    }
}

namespace Fpe.Data;

/// <summary>A data set cannot be used: its content is wrong, or it does not fit the model.</summary>
public sealed class DatasetException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="dataset">Name of the data set, or of the file it comes from.</param>
    /// <param name="problem">What is wrong, where, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public DatasetException(string dataset, string problem, Exception? innerException = null)
        : base($"{dataset}: {problem}", innerException)
    {
    }

    /// <summary>Checks an argument that is at least 1.</summary>
    /// <exception cref="DatasetException">It is not.</exception>
    internal static void RequirePositive(string dataset, string what, int value)
    {
        if (value < 1)
            throw new DatasetException(dataset, FormattableString.Invariant($"{what} must be at least 1, but is {value}."));
    }
}

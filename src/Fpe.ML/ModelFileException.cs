namespace Fpe.ML;

/// <summary>Thrown when a network in a file of ML.NET cannot be loaded.</summary>
public sealed class ModelFileException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The problem and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public ModelFileException(string problem, Exception? innerException = null)
        : base(problem, innerException)
    {
    }
}

namespace Fpe.Cli;

/// <summary>Thrown when a study cannot be run as specified.</summary>
public sealed class StudyException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The problem and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public StudyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

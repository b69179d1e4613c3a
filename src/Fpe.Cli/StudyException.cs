namespace Fpe.Cli;

/// <summary>A study cannot be run as it was asked for.</summary>
public sealed class StudyException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was wrong, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public StudyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

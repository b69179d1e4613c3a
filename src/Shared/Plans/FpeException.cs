using System;

namespace Fpe;

/// <summary>
/// The base of every error this library reports on purpose. Its message is one sentence or two that name what was wrong,
/// where, the numbers, and the fix; a command line can show it as it is.
/// </summary>
public abstract class FpeException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">What was wrong, where, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    protected FpeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

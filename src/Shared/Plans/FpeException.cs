using System;

namespace Fpe;

/// <summary>
/// The base class of all exceptions that this library throws deliberately. The message consists of one or two sentences that state the
/// problem, its location, the numbers and the fix, so a command line can show it unchanged.
/// </summary>
public abstract class FpeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The problem, its location, the numbers and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    protected FpeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

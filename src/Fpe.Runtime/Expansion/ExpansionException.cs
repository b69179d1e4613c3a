namespace Fpe.Expansion;

/// <summary>
/// Thrown when a model cannot be expanded as planned. For models declared with attributes, the compiler reports invalid plans; plans
/// created in code, and weights that are not finite, are checked at run time.
/// </summary>
public sealed class ExpansionException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The layer, the problem with its numbers, and the fix.</param>
    public ExpansionException(string message)
        : base(message)
    {
    }
}

namespace Fpe.Expansion;

/// <summary>
/// A model cannot be expanded as planned. The compiler reports such plans where models are declared with attributes; plans
/// built by hand, and weights that are not finite, are found here.
/// </summary>
public sealed class ExpansionException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The layer, what was wrong, the numbers, and the fix.</param>
    public ExpansionException(string message)
        : base(message)
    {
    }
}

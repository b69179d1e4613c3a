namespace Fpe.Cli.Sweeps;

/// <summary>Thrown when the environment of a worker does not determine which part of a sweep it should run.</summary>
internal sealed class ShardException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The variable, its value and the fix.</param>
    public ShardException(string message)
        : base(message)
    {
    }
}

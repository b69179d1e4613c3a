namespace Samples.Paper.Experiments;

/// <summary>Thrown when an experiment cannot be run as requested.</summary>
internal sealed class ExperimentException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">The problem and the fix.</param>
    public ExperimentException(string message)
        : base(message)
    {
    }
}

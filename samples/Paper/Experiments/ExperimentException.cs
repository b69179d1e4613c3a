namespace Samples.Paper.Experiments;

/// <summary>An experiment cannot be run as it was asked for.</summary>
internal sealed class ExperimentException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was wrong, and the fix.</param>
    public ExperimentException(string message)
        : base(message)
    {
    }
}

namespace Fpe;

/// <summary>Thrown when a call has no answer for the task of a model, such as probabilities of a regression.</summary>
public sealed class TaskMismatchException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="where">The model or the metric.</param>
    /// <param name="problem">What was asked, the task and the fix.</param>
    public TaskMismatchException(string where, string problem)
        : base($"{where}: {problem}")
    {
    }
}

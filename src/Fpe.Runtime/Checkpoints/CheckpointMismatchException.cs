namespace Fpe.Checkpoints;

/// <summary>
/// Thrown when a file is intact but does not match: it has another plan, shape, count or run. Nothing was loaded, and the model is
/// unchanged.
/// </summary>
public sealed class CheckpointMismatchException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The difference, both values and the fix.</param>
    public CheckpointMismatchException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

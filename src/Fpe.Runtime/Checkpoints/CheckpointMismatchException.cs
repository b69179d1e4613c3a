namespace Fpe.Checkpoints;

/// <summary>A file is sound, but it does not fit: another plan, shape, count or run. Nothing was loaded; the model is as it was.</summary>
public sealed class CheckpointMismatchException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What differs, both values, and the fix.</param>
    public CheckpointMismatchException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

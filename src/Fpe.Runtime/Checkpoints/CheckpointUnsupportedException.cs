namespace Fpe.Checkpoints;

/// <summary>
/// Thrown when a file is intact, as far as it was read, but not supported: it has another format, or numbers of another type. Nothing was
/// loaded.
/// </summary>
public sealed class CheckpointUnsupportedException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The kind of the file and how to convert it.</param>
    public CheckpointUnsupportedException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

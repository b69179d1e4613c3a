namespace Fpe.Checkpoints;

/// <summary>A file is sound, as far as it was read, but of a kind that is not read here: another format, or numbers of another type. Nothing was loaded.</summary>
public sealed class CheckpointUnsupportedException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What it is, and how it is converted.</param>
    public CheckpointUnsupportedException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

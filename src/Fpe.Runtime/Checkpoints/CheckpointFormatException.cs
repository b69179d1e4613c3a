namespace Fpe.Checkpoints;

/// <summary>
/// Thrown when a file is damaged or not a safetensors file, because its content contradicts itself, its size or its checksum, in which case
/// nothing was loaded; or when a model does not fit into the format, in which case nothing was written.
/// </summary>
public sealed class CheckpointFormatException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The problem, its location, the numbers and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public CheckpointFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}

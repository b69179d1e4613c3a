namespace Fpe.Checkpoints;

/// <summary>
/// A file is damaged or no safetensors file: what it says contradicts itself, its size or its checksum; nothing was loaded. Or a model
/// does not fit into the format; nothing was written.
/// </summary>
public sealed class CheckpointFormatException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong, where, the numbers, and the fix.</param>
    /// <param name="innerException">The cause, where another error was it.</param>
    public CheckpointFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}

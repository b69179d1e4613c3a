namespace Fpe.Checkpoints;

/// <summary>
/// Numbers of a file, or of a model on its way into one, cannot be: a weight is not finite, or there is one where there is
/// no edge. Nothing was loaded or saved.
/// </summary>
public sealed class CheckpointValueException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The tensor, the position, the value, and the fix.</param>
    public CheckpointValueException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

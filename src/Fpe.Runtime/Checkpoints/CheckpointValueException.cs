namespace Fpe.Checkpoints;

/// <summary>
/// Thrown when numbers of a file, or of a model to be saved, are invalid: a weight is not finite, or belongs to an edge that does not
/// exist. Nothing was loaded or saved.
/// </summary>
public sealed class CheckpointValueException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The tensor, the position, the value and the fix.</param>
    public CheckpointValueException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

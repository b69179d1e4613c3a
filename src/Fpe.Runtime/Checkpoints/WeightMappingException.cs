namespace Fpe.Checkpoints;

/// <summary>
/// Thrown when the tensors of a file fit a model in several ways, or when a map does not fit the file and the model. The message contains
/// the map to pass. Nothing was imported.
/// </summary>
public sealed class WeightMappingException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The tensors, the parameters and the fix.</param>
    public WeightMappingException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

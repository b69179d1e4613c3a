namespace Fpe.Embedded;

/// <summary>Thrown when a model cannot be written as C.</summary>
public sealed class CExportException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="where">The model, or the model and layer.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public CExportException(string where, string problem)
        : base($"{where}: {problem}")
    {
    }
}

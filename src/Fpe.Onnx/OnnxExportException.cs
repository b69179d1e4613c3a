namespace Fpe.Onnx;

/// <summary>Thrown when a model cannot be written as an ONNX file.</summary>
public sealed class OnnxExportException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="where">The model, or the model and layer.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public OnnxExportException(string where, string problem)
        : base($"{where}: {problem}")
    {
    }
}

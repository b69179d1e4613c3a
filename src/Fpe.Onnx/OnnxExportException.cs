namespace Fpe.Onnx;

/// <summary>A model cannot be written as an ONNX file.</summary>
public sealed class OnnxExportException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="where">Model, or model and layer.</param>
    /// <param name="problem">What is in the way, the numbers, and the fix.</param>
    public OnnxExportException(string where, string problem)
        : base($"{where}: {problem}")
    {
    }
}

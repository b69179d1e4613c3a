namespace Fpe.Onnx;

/// <summary>Thrown when an ONNX file cannot be imported, or is not the same network as a model. Nothing was changed.</summary>
public sealed class OnnxImportException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">The node with its operator and shapes, the layer and the fix.</param>
    /// <param name="innerException">The exception that is the cause, if any.</param>
    public OnnxImportException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}

namespace Fpe.Onnx.Tests.OnnxRuntime;

/// <summary>A theory that is skipped, with the reason, where ONNX Runtime is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = OnnxRuntimeProcess.Missing;
}

namespace Fpe.Onnx;

/// <summary>A node of an ONNX file and the layer that computes the same.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Operator">Its operator, such as <c>Gemm</c>.</param>
/// <param name="Shape">What it computes, such as <c>Linear 64 → 32</c>.</param>
/// <param name="Layer">The name of the property that declares the layer.</param>
public sealed record OnnxImportedLayer(string Node, string Operator, string Shape, string Layer)
{
    /// <summary>Returns the layer as one line of text.</summary>
    public override string ToString() => $"{Node} ({Operator}): {Shape} → {Layer}";
}

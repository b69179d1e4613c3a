namespace Fpe.Onnx;

/// <summary>What was imported from an ONNX file.</summary>
/// <param name="Layers">The nodes, from input to output, and the layers that compute the same.</param>
/// <param name="Notes">What differs between file and model without changing predictions, such as a softmax that was left out.</param>
public sealed record OnnxImport(IReadOnlyList<OnnxImportedLayer> Layers, IReadOnlyList<string> Notes)
{
    /// <summary>Returns one line per node, and then one per note.</summary>
    public override string ToString() => string.Join('\n', Layers.Select(layer => layer.ToString()).Concat(Notes));
}

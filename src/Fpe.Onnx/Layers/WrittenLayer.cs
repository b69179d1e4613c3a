using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>A layer with weights whose nodes are in the graph.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Form">How its weights are written.</param>
/// <param name="Weights">The constants that hold its weights.</param>
/// <param name="Output">Name of its output.</param>
internal sealed record WrittenLayer(Linear Layer, OnnxForm Form, IReadOnlyList<TensorProto> Weights, string Output)
{
    /// <summary>Numbers that are written for the weights.</summary>
    public long StoredValues => Weights.Sum(constant => constant.RawData.Length / sizeof(float));

    /// <summary>
    /// Weights in the file: what is not 0 there, and the weights of the model that are 0. A weight that is kept may become
    /// exactly 0, and still is one.
    /// </summary>
    public long CountWeights() => Weights.Sum(Constant.CountNonZeros) + KeptZeros();

    private long KeptZeros()
    {
        double[] slots = Layer.ReadWeights();
        return Enumerable.Range(0, slots.Length).LongCount(slot => (float)slots[slot] == 0 && Layer.Edges.IsKept(slot));
    }
}

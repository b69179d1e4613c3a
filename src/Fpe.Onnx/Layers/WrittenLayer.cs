using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>A layer with weights whose nodes are in the graph.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Form">How its weights are written.</param>
/// <param name="Weights">The constants that hold its weights.</param>
/// <param name="KeptZeros">Weights of the model that are 0: a weight that is kept may become exactly 0, and still is one.</param>
internal sealed record WrittenLayer(Layer Layer, OnnxForm Form, IReadOnlyList<TensorProto> Weights, long KeptZeros)
{
    /// <summary>Weights of the model.</summary>
    public long ModelWeights => Layer.Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>Numbers that are written for the weights.</summary>
    public long StoredValues => Weights.Sum(constant => constant.RawData.Length / sizeof(float));

    /// <summary>Weights in the file: all that is not 0 there, and <see cref="KeptZeros"/>.</summary>
    public long CountWeights() => Weights.Sum(Constant.CountNonZeros) + KeptZeros;
}

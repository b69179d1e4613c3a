using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>A layer with weights whose nodes are in the graph.</summary>
/// <param name="Values">Its numbers.</param>
/// <param name="Form">How its weights are written.</param>
/// <param name="Weights">The constants that hold its weights.</param>
internal sealed record WrittenLayer(EdgeValues Values, OnnxForm Form, IReadOnlyList<TensorProto> Weights)
{
    /// <summary>The layer.</summary>
    public EdgeLayer Layer => Values.Layer;

    /// <summary>Weights of the model.</summary>
    public long ModelWeights => Layer.Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);

    /// <summary>Numbers that are written for the weights.</summary>
    public long StoredValues => Weights.Sum(Constant.Count);

    /// <summary>Weights in the file: all that are not 0, and those that are kept and have become exactly 0.</summary>
    public long CountWeights() => Weights.Sum(Constant.CountNonZeros) + Values.CountKeptZeros();
}

using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The numbers of a layer as 32-bit numbers, all of them finite.</summary>
internal static class LayerValues
{
    /// <summary>The weights, one per slot of the layer's edges.</summary>
    /// <exception cref="OnnxExportException">A weight is not finite.</exception>
    public static float[] Weights(GraphBuilder graph, Linear layer) => Finite(graph.Place(layer.Name), layer.Weight, layer.ReadWeights());

    /// <summary>The biases as a constant: [outputs].</summary>
    /// <exception cref="OnnxExportException">A bias is not finite.</exception>
    public static TensorProto Bias(GraphBuilder graph, Linear layer) =>
        Constant.Of(layer.Bias.Name, Finite(graph.Place(layer.Name), layer.Bias, layer.ReadBiases()), layer.OutputCount);

    private static float[] Finite(string where, Parameter parameter, double[] values)
    {
        var numbers = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = (float)values[i];
            if (!float.IsFinite(numbers[i]))
                throw new OnnxExportException(where, FormattableString.Invariant($"element {i} of {parameter.Name} is {values[i]}, which is no finite 32-bit number; train the model again, with a lower learning rate or a MaximumGradientNorm."));
        }

        return numbers;
    }
}

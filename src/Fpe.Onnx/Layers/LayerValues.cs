using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The numbers of a layer as 32-bit numbers, all of them finite.</summary>
internal static class LayerValues
{
    /// <summary>The weights as a matrix [outputs, inputs], with 0 where there is no edge.</summary>
    /// <exception cref="OnnxExportException">A weight is not finite.</exception>
    public static float[] Matrix(GraphBuilder graph, Linear layer) => Finite(graph, layer, layer.Weight, layer.ToDense());

    /// <summary>The weights, one per slot of the layer's edges.</summary>
    /// <exception cref="OnnxExportException">A weight is not finite.</exception>
    public static float[] Slots(GraphBuilder graph, Linear layer) => Finite(graph, layer, layer.Weight, Singles(layer.ReadWeights()));

    /// <summary>The biases as a constant: [outputs].</summary>
    /// <exception cref="OnnxExportException">A bias is not finite.</exception>
    public static TensorProto Bias(GraphBuilder graph, Linear layer) =>
        Constant.Of(layer.Bias.Name, Finite(graph, layer, layer.Bias, Singles(layer.ReadBiases())), layer.OutputCount);

    private static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static float[] Finite(GraphBuilder graph, Linear layer, Parameter parameter, float[] values)
    {
        int damaged = values.Count(value => !float.IsFinite(value));
        if (damaged > 0)
            throw new OnnxExportException(graph.Place(layer.Name), $"{parameter.Name} has {damaged} numbers that are not finite as 32-bit numbers; train the model again, with a lower learning rate or a MaximumGradientNorm.");
        return values;
    }
}

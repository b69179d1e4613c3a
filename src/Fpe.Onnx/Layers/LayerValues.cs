using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The numbers of layers as 32-bit numbers, all of them finite.</summary>
internal static class LayerValues
{
    /// <summary>Numbers of a parameter.</summary>
    /// <param name="graph">The graph, for messages.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">What the numbers are of.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public static float[] Finite(GraphBuilder graph, Layer layer, Parameter parameter, double[] values) =>
        Finite(graph, layer, parameter, Array.ConvertAll(values, value => (float)value));

    /// <summary>Numbers of a parameter.</summary>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public static float[] Finite(GraphBuilder graph, Layer layer, Parameter parameter, float[] values)
    {
        int damaged = values.Count(value => !float.IsFinite(value));
        if (damaged > 0)
            throw new OnnxExportException(graph.Place(layer.Name), $"{damaged} of {values.Length} numbers of {parameter.Name} are not finite as 32-bit numbers; train the model again, with a lower learning rate or a MaximumGradientNorm.");
        return values;
    }

    /// <summary>Numbers of a parameter that is not over a layout.</summary>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public static float[] Finite(GraphBuilder graph, Layer layer, Parameter parameter)
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return Finite(graph, layer, parameter, values);
    }

    /// <summary>A vector such as a bias as a constant.</summary>
    public static TensorProto Vector(Parameter parameter, float[] values) => Constant.Of(parameter.Name, values, values.Length);
}

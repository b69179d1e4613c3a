using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Quantization;

namespace Fpe.Onnx.Layers;

/// <summary>Values as bytes: a node that rounds numbers to bytes, and one that says what the bytes stand for.</summary>
internal static class RoundingNodes
{
    /// <summary>Adds both nodes, and returns the name of the rounded numbers.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="what">What is rounded, for the names of the constants.</param>
    /// <param name="value">The name of the numbers, of any shape.</param>
    /// <param name="scale">What the bytes stand for.</param>
    public static string Add(GraphBuilder graph, string layer, string what, string value, ValueScale scale)
    {
        (string step, string zero) = Constants(graph, layer, $"{layer}/{what}", scale);
        string bytes = graph.AddNode("QuantizeLinear", layer, [value, step, zero]);
        return graph.AddNode("DequantizeLinear", layer, [bytes, step, zero]);
    }

    /// <summary>Adds a constant of bytes, and returns the name of the numbers that it stands for.</summary>
    public static string Add(GraphBuilder graph, string layer, TensorProto bytes, ValueScale scale)
    {
        string name = graph.AddConstant(layer, bytes);
        (string step, string zero) = Constants(graph, layer, bytes.Name, scale);
        return graph.AddNode("DequantizeLinear", layer, [name, step, zero]);
    }

    private static (string Step, string Zero) Constants(GraphBuilder graph, string layer, string name, ValueScale scale) => (
        graph.AddConstant(layer, Constant.Of(name + ".scale", [scale.Scale])),
        graph.AddConstant(layer, Constant.Of(name + ".zero_point", [scale.ZeroPoint])));
}

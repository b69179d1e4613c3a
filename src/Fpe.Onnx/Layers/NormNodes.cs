using Fpe.Compute;
using Fpe.Onnx.Graph;
using Onnx;

namespace Fpe.Onnx.Layers;

/// <summary>Norms as nodes.</summary>
internal static class NormNodes
{
    /// <summary>Adds a layer normalisation, in operators that every version of the format has.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Name of its input: [batch, values].</param>
    /// <returns>Name of its output, of the same shape.</returns>
    public static string Add(GraphBuilder graph, LayerNorm layer, string input)
    {
        AttributeProto[] ofSample = [NodeAttribute.Of("axes", [1L]), NodeAttribute.Of("keepdims", 1)];
        string mean = graph.AddNode("ReduceMean", layer.Name, [input], ofSample);
        string centred = graph.AddNode("Sub", layer.Name, [input, mean]);
        string squares = graph.AddNode("Mul", layer.Name, [centred, centred]);
        string variance = graph.AddNode("ReduceMean", layer.Name, [squares], ofSample);
        string epsilon = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/epsilon", [(float)layer.Plan.Epsilon]));
        string deviation = graph.AddNode("Sqrt", layer.Name, [graph.AddNode("Add", layer.Name, [variance, epsilon])]);
        string normal = graph.AddNode("Div", layer.Name, [centred, deviation]);
        string scaled = graph.AddNode("Mul", layer.Name, [normal, Vector(layer.Scale)]);
        return graph.AddNode("Add", layer.Name, [scaled, Vector(layer.Shift)]);

        string Vector(Parameter parameter)
        {
            var values = new double[parameter.Count];
            parameter.Value.Read(values);
            return graph.AddConstant(layer.Name, LayerValues.Vector(graph, layer, parameter, values));
        }
    }
}

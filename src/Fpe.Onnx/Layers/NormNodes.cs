using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>Norms as nodes.</summary>
internal static class NormNodes
{
    /// <summary>Adds a layer normalisation, in operators that every version of the format has.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Name of its input: [batch, units], or [batch, units, places].</param>
    /// <param name="sizes">The sizes of its parameters: those of the units, and 1 for the places.</param>
    /// <returns>Name of its output, of the same shape.</returns>
    public static string Add(GraphBuilder graph, LayerNorm layer, string input, params ReadOnlySpan<long> sizes)
    {
        AttributeProto[] ofSample = [NodeAttribute.Of("axes", [1L]), NodeAttribute.Of("keepdims", 1)];
        string mean = graph.AddNode("ReduceMean", layer.Name, [input], ofSample);
        string centred = graph.AddNode("Sub", layer.Name, [input, mean]);
        string squares = graph.AddNode("Mul", layer.Name, [centred, centred]);
        string variance = graph.AddNode("ReduceMean", layer.Name, [squares], ofSample);
        string epsilon = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/epsilon", [(float)layer.Plan.Epsilon]));
        string deviation = graph.AddNode("Sqrt", layer.Name, [graph.AddNode("Add", layer.Name, [variance, epsilon])]);
        string normal = graph.AddNode("Div", layer.Name, [centred, deviation]);
        string scaled = graph.AddNode("Mul", layer.Name, [normal, Vector(graph, layer, layer.Scale, sizes)]);
        return graph.AddNode("Add", layer.Name, [scaled, Vector(graph, layer, layer.Shift, sizes)]);
    }

    /// <summary>Adds a batch normalisation with its running statistics; the output has the shape of the input.</summary>
    public static Value Add(GraphBuilder graph, BatchNorm layer, Value input)
    {
        int places = layer.Plan.Places;
        if (places == (input.Image?.Pixels ?? 1))
            return input with { Name = Normalise(graph, layer, input.Name) };

        // 0 stands for the batch
        string sizes = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/shape", [0L, layer.UnitCount, places], 3));
        string channels = graph.AddNode("Reshape", layer.Name, [input.Name, sizes]);
        string normal = Normalise(graph, layer, channels);
        return new Value(graph.AddNode("Flatten", layer.Name, [normal], NodeAttribute.Of("axis", 1)), input.Width);
    }

    private static string Normalise(GraphBuilder graph, BatchNorm layer, string input) => graph.AddNode(
        "BatchNormalization", layer.Name,
        [input, .. layer.Parameters.Select(parameter => Vector(graph, layer, parameter))], NodeAttribute.Of("epsilon", (float)layer.Plan.Epsilon));

    private static string Vector(GraphBuilder graph, Layer layer, Parameter parameter) =>
        Vector(graph, layer, parameter, [parameter.Count]);

    private static string Vector(GraphBuilder graph, Layer layer, Parameter parameter, ReadOnlySpan<long> sizes) =>
        graph.AddConstant(layer.Name, Constant.Of(parameter.Name, LayerValues.Finite(graph, layer, parameter), sizes));
}

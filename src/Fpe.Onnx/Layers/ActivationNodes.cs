using Fpe.Compute;
using Fpe.Onnx.Graph;

namespace Fpe.Onnx.Layers;

/// <summary>An activation function as nodes.</summary>
internal static class ActivationNodes
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="function">f.</param>
    /// <param name="sums">Name of the weighted sums z, of any shape.</param>
    /// <returns>Name of f(z).</returns>
    public static string Add(GraphBuilder graph, string layer, ElementFunction function, string sums) => function.Kind switch
    {
        ActivationFunction.Identity => sums,
        ActivationFunction.Relu => graph.AddNode("Relu", layer, [sums]),
        ActivationFunction.Gelu => Gelu(graph, layer, sums),
        ActivationFunction.Tanh => graph.AddNode("Tanh", layer, [sums]),
        ActivationFunction.Sigmoid => graph.AddNode("Sigmoid", layer, [sums]),
        ActivationFunction.Silu => graph.AddNode("Mul", layer, [sums, graph.AddNode("Sigmoid", layer, [sums])]),
        ActivationFunction.Softplus => graph.AddNode("Softplus", layer, [sums]),
        ActivationFunction.HardSwish => graph.AddNode("Mul", layer, [sums, HardSigmoid(graph, layer, sums)]),
        ActivationFunction.LeakyRelu => graph.AddNode("LeakyRelu", layer, [sums], NodeAttribute.Of("alpha", (float)function.Slope)),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    /// <summary>min(max(z/6 + ½, 0), 1). An operator for the hard swish exists only from opset 14.</summary>
    private static string HardSigmoid(GraphBuilder graph, string layer, string sums) =>
        graph.AddNode("HardSigmoid", layer, [sums], NodeAttribute.Of("alpha", 1f / 6), NodeAttribute.Of("beta", 0.5f));

    /// <summary>z · (1 + erf(z/√2)) · ½, in the order of operations that runtimes recognise and fuse into one operation.</summary>
    private static string Gelu(GraphBuilder graph, string layer, string sums)
    {
        string scaled = graph.AddNode("Div", layer, [sums, Number("root2", MathF.Sqrt(2))]);
        string erf = graph.AddNode("Erf", layer, [scaled]);
        string twice = graph.AddNode("Add", layer, [erf, Number("one", 1)]);
        string product = graph.AddNode("Mul", layer, [sums, twice]);
        return graph.AddNode("Mul", layer, [product, Number("half", 0.5f)]);

        string Number(string name, float value) => graph.AddConstant(layer, Constant.Of($"{layer}/{name}", [value]));
    }
}

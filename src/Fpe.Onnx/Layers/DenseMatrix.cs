using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The weighted sums of a layer as one product with a matrix [out, in] that is 0 where there is no edge.</summary>
internal static class DenseMatrix
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="input">Name of its input: [batch, inputs].</param>
    /// <param name="weights">Receives the constants that hold weights.</param>
    /// <returns>Name of the weighted sums: [batch, outputs].</returns>
    public static string Add(GraphBuilder graph, Linear layer, EdgeValues values, string input, out TensorProto[] weights)
    {
        weights = [values.Matrix(layer.OutputCount, layer.InputCount)];
        string weight = values.AddMatrix(weights[0]);
        string bias = values.AddBiases();
        return graph.AddNode("Gemm", layer.Name, [input, weight, bias], NodeAttribute.Of("transB", 1));
    }
}

using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>A <see cref="Linear"/> layer as nodes: y = f(x · Wᵀ + b).</summary>
internal static class LinearNodes
{
    /// <summary>Adds the nodes of a layer.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="input">Name of its input: [batch, inputs].</param>
    /// <param name="options">How it is to be written.</param>
    /// <param name="written">Receives what was written.</param>
    /// <returns>Name of its output: [batch, outputs].</returns>
    public static string Add(GraphBuilder graph, Linear layer, EdgeValues values, string input, OnnxExportOptions options, out WrittenLayer written)
    {
        OnnxForm form = FormOf(layer.Edges, options);
        TensorProto[] weights;
        string sums = form == OnnxForm.GatheredBlocks
            ? GatheredBlocks.Add(graph, layer, values, input, out weights)
            : DenseMatrix.Add(graph, layer, values, input, out weights);
        written = new WrittenLayer(values, form, weights);
        return values.Activate(sums);
    }

    /// <summary>Rows of their own have nothing to gain from gathering: it takes an index a weight.</summary>
    private static OnnxForm FormOf(EdgeLayout edges, OnnxExportOptions options)
    {
        if (edges.Structure == EdgeStructure.SharedBlocks && !options.Dense)
            return OnnxForm.GatheredBlocks;
        return edges.EdgeCount == (long)edges.OutputCount * edges.InputCount ? OnnxForm.Dense : OnnxForm.DenseWithZeros;
    }
}

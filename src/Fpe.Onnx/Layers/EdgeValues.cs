using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The numbers of a layer with edges as they are written: those of the model, with a normalisation folded in if one follows.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer.</param>
/// <param name="norm">What is folded in; null if nothing is.</param>
internal class EdgeValues(GraphBuilder graph, EdgeLayer layer, FoldedNorm? norm)
{
    /// <summary>The layer.</summary>
    public EdgeLayer Layer => layer;

    /// <summary>The layer whose numbers are folded in; null if there is none.</summary>
    public BatchNorm? Norm => norm?.Norm;

    /// <summary>Returns the weights as one constant, row by row, with 0 where there is no edge.</summary>
    /// <param name="sizes">Its sizes; the first is that of the rows.</param>
    /// <exception cref="OnnxExportException">A number is not finite, or the matrix does not fit into a file.</exception>
    public virtual TensorProto Matrix(params ReadOnlySpan<long> sizes)
    {
        EdgeLayout edges = layer.Edges;
        graph.RequireRoom(layer.Name, sizeof(float) * ((long)edges.OutputCount * edges.InputCount));
        float[] matrix = layer.ToDense();
        if (norm is not null)
        {
            for (int i = 0; i < matrix.Length; i++)
                matrix[i] = (float)norm.Weight(i / edges.InputCount, matrix[i]);
        }

        return Constant.Of(layer.Weight.Name, LayerValues.Finite(graph, layer, layer.Weight, matrix), sizes);
    }

    /// <summary>Returns the weights of blocks of the same shape as a constant, [blocks, rows, columns].</summary>
    /// <param name="shapes">The shapes of all blocks.</param>
    /// <exception cref="OnnxExportException">A number is not finite, or the constants do not fit into a file.</exception>
    public virtual TensorProto[] Blocks(BlockShape[] shapes)
    {
        graph.RequireRoom(layer.Name, sizeof(float) * shapes.Sum(shape => shape.StoredValues));
        float[] slots = LayerValues.Finite(graph, layer, layer.Weight, FoldedSlots());
        return [.. shapes.Select((shape, index) => Constant.Of(NameOf(shapes, index), shape.Fill(slots), shape.Count, shape.Rows, shape.Columns))];
    }

    /// <summary>Adds the constant of the matrix, and returns its name.</summary>
    public virtual string AddMatrix(TensorProto matrix) => graph.AddConstant(layer.Name, matrix);

    /// <summary>Adds the constant of blocks of one shape, and returns its name.</summary>
    public virtual string AddBlocks(TensorProto blocks, BlockShape shape) => graph.AddConstant(layer.Name, blocks);

    /// <summary>Adds the biases, one per row, and returns their name.</summary>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public virtual string AddBiases()
    {
        double[] biases = layer.ReadBiases();
        double[] folded = norm is null ? biases : [.. biases.Select((bias, row) => norm.Bias(row, bias))];
        return graph.AddConstant(layer.Name, LayerValues.Vector(layer.Bias, LayerValues.Finite(graph, layer, layer.Bias, folded)));
    }

    /// <summary>Adds the activation of the layer, and returns the name of its outputs.</summary>
    /// <param name="sums">The name of the weighted sums.</param>
    public virtual string Activate(string sums) => ActivationNodes.Add(graph, layer.Name, layer.Plan.Activation, sums);

    /// <summary>Weights that exist and are written as 0.</summary>
    public virtual long CountKeptZeros()
    {
        float[] slots = FoldedSlots();
        return Enumerable.Range(0, slots.Length).LongCount(slot => slots[slot] == 0 && layer.Edges.IsKept(slot));
    }

    /// <summary>The name of the constant of the blocks of a shape.</summary>
    private protected string NameOf(BlockShape[] shapes, int index) => layer.Weight.Name + (shapes.Length == 1 ? "" : $".{index}");

    private float[] FoldedSlots()
    {
        float[] slots = Array.ConvertAll(layer.ReadWeights(), value => (float)value);
        for (int b = 0; norm is not null && b < layer.Edges.BlockCount; b++)
        {
            EdgeBlock block = layer.Edges.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int column = 0; column < block.Columns.Length; column++, slot++)
                    slots[slot] = (float)norm.Weight(row, slots[slot]);
            }
        }

        return slots;
    }
}

using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>The numbers of a layer with edges as they are written: those of the model, with a normalisation folded in if one follows.</summary>
/// <param name="graph">The graph, for messages.</param>
/// <param name="layer">The layer.</param>
/// <param name="norm">What is folded in; null if nothing is.</param>
internal sealed class EdgeValues(GraphBuilder graph, EdgeLayer layer, FoldedNorm? norm)
{
    /// <summary>The layer.</summary>
    public EdgeLayer Layer => layer;

    /// <summary>The layer whose numbers are folded in; null if there is none.</summary>
    public BatchNorm? Norm => norm?.Norm;

    /// <summary>Weights, one per slot of the layout.</summary>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public float[] Slots() => LayerValues.Finite(graph, layer, layer.Weight, FoldedSlots());

    /// <summary>Weights as a matrix [rows, columns], with 0 where there is no edge.</summary>
    /// <exception cref="OnnxExportException">A number is not finite, or the matrix does not fit into a file.</exception>
    public float[] Matrix()
    {
        EdgeLayout edges = layer.Edges;
        graph.RequireRoom(layer.Name, sizeof(float) * ((long)edges.OutputCount * edges.InputCount));
        float[] matrix = layer.ToDense();
        if (norm is not null)
        {
            for (int i = 0; i < matrix.Length; i++)
                matrix[i] = (float)norm.Weight(i / edges.InputCount, matrix[i]);
        }

        return LayerValues.Finite(graph, layer, layer.Weight, matrix);
    }

    /// <summary>Biases as a constant, one per row.</summary>
    /// <exception cref="OnnxExportException">A number is not finite.</exception>
    public TensorProto Biases()
    {
        double[] biases = layer.ReadBiases();
        double[] folded = norm is null ? biases : [.. biases.Select((bias, row) => norm.Bias(row, bias))];
        return LayerValues.Vector(layer.Bias, LayerValues.Finite(graph, layer, layer.Bias, folded));
    }

    /// <summary>Weights that exist and are written as 0.</summary>
    public long CountKeptZeros()
    {
        float[] slots = FoldedSlots();
        return Enumerable.Range(0, slots.Length).LongCount(slot => slots[slot] == 0 && layer.Edges.IsKept(slot));
    }

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

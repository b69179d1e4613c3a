using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>
/// The weighted sums of a layer whose neurons share partitions: one batched product for all blocks of the same shape,
/// [blocks, rows, columns] · [blocks, columns, batch], over the inputs that each block reads.
/// </summary>
/// <remarks>
/// Values stand feature by feature meanwhile, [features, batch], so that gathering copies whole rows. Blocks come one after
/// another; a last gathering brings their rows into the layer's order.
/// </remarks>
internal static class GatheredBlocks
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
        EdgeLayout edges = layer.Edges;
        graph.RequireRoom(layer.Name, sizeof(float) * (long)edges.SlotCount);
        float[] slots = values.Slots();
        int[][] shapes = BlocksByShape(edges);

        string features = Transpose(graph, layer, input);
        TensorProto[] constants = [.. shapes.Select((blocks, index) => WeightsOf(layer, slots, blocks, shapes.Length == 1 ? "" : $".{index}"))];
        string[] sums = [.. shapes.Zip(constants, (blocks, constant) => Multiply(graph, layer, features, blocks, constant))];
        string all = sums.Length == 1 ? sums[0] : graph.AddNode("Concat", layer.Name, sums, NodeAttribute.Of("axis", 0));
        string ordered = InOrder(graph, layer, all, [.. shapes.SelectMany(blocks => blocks)]);
        string bias = graph.AddConstant(layer.Name, values.Biases());
        weights = constants;
        return graph.AddNode("Add", layer.Name, [Transpose(graph, layer, ordered), bias]);
    }

    /// <summary>Blocks of as many rows and columns together, in the order in which the shapes first occur.</summary>
    private static int[][] BlocksByShape(EdgeLayout edges) =>
    [
        .. Enumerable.Range(0, edges.BlockCount)
            .GroupBy(b => (edges.Block(b).Rows.Length, edges.Block(b).Columns.Length))
            .Select(blocks => blocks.ToArray()),
    ];

    private static string Transpose(GraphBuilder graph, Linear layer, string matrix) =>
        graph.AddNode("Transpose", layer.Name, [matrix], NodeAttribute.Of("perm", 1, 0));

    private static TensorProto WeightsOf(Linear layer, float[] slots, int[] blocks, string suffix)
    {
        EdgeBlock first = layer.Edges.Block(blocks[0]);
        var values = new float[blocks.Length * first.SlotCount];
        for (int b = 0; b < blocks.Length; b++)
            slots.AsSpan(layer.Edges.Block(blocks[b]).FirstSlot, first.SlotCount).CopyTo(values.AsSpan(b * first.SlotCount));
        return Constant.Of(layer.Weight.Name + suffix, values, blocks.Length, first.Rows.Length, first.Columns.Length);
    }

    /// <summary>Blocks of one shape: [blocks · rows, batch].</summary>
    private static string Multiply(GraphBuilder graph, Linear layer, string features, int[] blocks, TensorProto weights)
    {
        EdgeLayout edges = layer.Edges;
        EdgeBlock first = edges.Block(blocks[0]);
        int[] columns = [.. blocks.SelectMany(b => edges.Block(b).Columns.ToArray())];
        string indices = graph.AddConstant(layer.Name, Constant.Of(weights.Name + ".columns", columns, blocks.Length, first.Columns.Length));
        string inputs = graph.AddNode("Gather", layer.Name, [features, indices], NodeAttribute.Of("axis", 0));
        string products = graph.AddNode("MatMul", layer.Name, [graph.AddConstant(layer.Name, weights), inputs]);

        // −1 stands for the batch
        string shape = graph.AddConstant(layer.Name, Constant.Of(weights.Name + ".shape", [blocks.Length * first.Rows.Length, -1L], 2));
        return graph.AddNode("Reshape", layer.Name, [products, shape]);
    }

    /// <summary>The rows of the blocks in the layer's order.</summary>
    private static string InOrder(GraphBuilder graph, Linear layer, string rows, int[] blocks)
    {
        var places = new int[layer.OutputCount];
        int place = 0;
        foreach (int b in blocks)
        {
            foreach (int row in layer.Edges.Block(b).Rows)
                places[row] = place++;
        }

        if (places.AsSpan().SequenceEqual(Enumerable.Range(0, places.Length).ToArray()))
            return rows;
        string order = graph.AddConstant(layer.Name, Constant.Of(layer.Weight.Name + ".rows", places, places.Length));
        return graph.AddNode("Gather", layer.Name, [rows, order], NodeAttribute.Of("axis", 0));
    }
}

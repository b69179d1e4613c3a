using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using static Fpe.Onnx.Schema.TensorProto.Types;

namespace Fpe.Onnx.Layers;

/// <summary>The weighted sums of a layer whose neurons share partitions: products of small matrices and the inputs that each of them reads.</summary>
/// <remarks>
/// An <c>If</c> chooses by the size of the batch how inputs are gathered, which takes most of the time. For few samples they are gathered
/// number by number, all at once. For many samples they stand feature by feature, [inputs, batch], so that whole rows are copied, and a
/// <c>Scan</c> multiplies each block while its inputs are in the cache. Both read the same constants.
/// </remarks>
internal static class GatheredBlocks
{
    /// <summary>Batches of fewer samples are gathered number by number; measured in ONNX Runtime, see docs/onnx.md.</summary>
    private const long ManySamples = 16;

    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="input">Name of its input: [batch, inputs].</param>
    /// <param name="weights">Receives the constants that hold weights.</param>
    /// <returns>Name of the weighted sums: [batch, outputs].</returns>
    public static string Add(GraphBuilder graph, Linear layer, EdgeValues values, string input, out TensorProto[] weights)
    {
        BlockShape[] shapes = BlockShape.Of(layer.Edges);
        TensorProto[] constants = values.Blocks(shapes);

        string limit = graph.AddConstant(layer.Name, Constant.Of(layer.Weight.Name + ".few", [ManySamples * layer.InputCount]));
        string few = graph.AddNode("Less", layer.Name, [graph.AddNode("Size", layer.Name, [input]), limit]);
        string[] sums = [.. shapes.Zip(constants, (shape, constant) => Multiply(graph, layer.Name, input, few, shape, constant.Name, values.AddBlocks(constant, shape)))];
        string all = sums.Length == 1 ? sums[0] : graph.AddNode("Concat", layer.Name, sums, NodeAttribute.Of("axis", 1));
        string ordered = InOrder(graph, layer, all, [.. shapes.SelectMany(shape => shape.RowsInTurns())]);
        weights = constants;
        return graph.AddNode("Add", layer.Name, [ordered, values.AddBiases()]);
    }

    /// <summary>Blocks of one shape: [batch, blocks · rows], those that take turns row by row.</summary>
    private static string Multiply(GraphBuilder graph, string layer, string input, string few, BlockShape shape, string name, string weights)
    {
        string inputs = graph.AddConstant(layer, shape.Inputs(name + ".columns"));

        // Of constants, so runtimes compute them once.
        string transposed = Transpose(weights, 0, 2, 1);
        string indices = Reshape(inputs, "all", 1, -1);

        return graph.AddNode(
            "If", layer, [few],
            NodeAttribute.Of("then_branch", graph.Nest(layer, "Few", [], _ => Few())), NodeAttribute.Of("else_branch", graph.Nest(layer, "Many", [], _ => Many())));

        string Few()
        {
            // [batch, 1]
            string one = graph.AddConstant(layer, Constant.Of(name + ".one", [long.MaxValue, 1L], 2));
            string size = graph.AddNode("Min", layer, [graph.AddNode("Shape", layer, [input]), one]);
            string repeated = graph.AddNode("Expand", layer, [indices, size]);
            string gathered = graph.AddNode("GatherElements", layer, [input, repeated], NodeAttribute.Of("axis", 1));

            // A transposition that moves one axis is fast; one that moves two is not.
            string columns = Transpose(Reshape(gathered, "gathered", 0, shape.Count, shape.Columns), 1, 0, 2);
            string sums = Transpose(graph.AddNode("MatMul", layer, [columns, transposed]), 1, 0, 2);
            if (shape.Turns > 1)
                sums = Transpose(Reshape(sums, "turns", 0, shape.Count / shape.Turns, shape.Turns, shape.Rows), 0, 1, 3, 2);
            return Reshape(sums, "sums", 0, shape.Count * shape.Rows);
        }

        string Many()
        {
            string features = Transpose(input, 1, 0);
            GraphProto body = graph.Nest(layer, "Block", [DataType.Float, DataType.Int32], block => graph.AddNode(
                "MatMul", layer, [block[0], graph.AddNode("Gather", layer, [features, block[1]], NodeAttribute.Of("axis", 0))]));
            string sums = graph.AddNode("Scan", layer, [weights, inputs], NodeAttribute.Of("body", body), NodeAttribute.Of("num_scan_inputs", 2));
            if (shape.Turns > 1)
                sums = Transpose(Reshape(sums, "turns of features", shape.Count / shape.Turns, shape.Turns, shape.Rows, -1), 0, 2, 1, 3);
            return Transpose(Reshape(sums, "features", shape.Count * shape.Rows, -1), 1, 0);
        }

        string Transpose(string value, params long[] axes) => graph.AddNode("Transpose", layer, [value], NodeAttribute.Of("perm", axes));

        // 0 stands for the batch where it is the first size, −1 where it is the last
        string Reshape(string value, string use, params long[] sizes) =>
            graph.AddNode("Reshape", layer, [value, graph.AddConstant(layer, Constant.Of($"{name}.{use}", sizes, sizes.Length))]);
    }

    /// <summary>Columns of the sums in the layer's order.</summary>
    private static string InOrder(GraphBuilder graph, Linear layer, string sums, int[] rows)
    {
        int[] places = Enumerable.Range(0, rows.Length).ToArray();
        if (rows.AsSpan().SequenceEqual(places))
            return sums;
        Array.Sort([.. rows], places);
        string order = graph.AddConstant(layer.Name, Constant.Of(layer.Weight.Name + ".rows", places, places.Length));
        return graph.AddNode("Gather", layer.Name, [sums, order], NodeAttribute.Of("axis", 1));
    }
}

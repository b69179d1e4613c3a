using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Quantization;

namespace Fpe.Onnx.Layers;

/// <summary>
/// Layers that work on tokens and sequences as nodes. A sequence is a value [batch, units · places], unit by unit. Tokens are floating-point
/// numbers, and a negative one means that a place has no token.
/// </summary>
internal static class SequenceNodes
{
    /// <summary>Adds one of several inputs: consecutive values of the sample.</summary>
    public static Value Slice(GraphBuilder graph, Input layer, Value sample)
    {
        (int first, int count) = (layer.Plan.First, layer.Plan.Count);
        string[] range =
        [
            sample.Name, Whole(graph, layer, "starts", first), Whole(graph, layer, "ends", first + count), Whole(graph, layer, "axes", 1),
        ];
        return new Value(graph.AddNode("Slice", layer.Name, range), count);
    }

    /// <summary>Adds a fully connected layer over a sequence, as a convolution whose window is one place.</summary>
    public static Value Convolve(GraphBuilder graph, Linear layer, EdgeValues values, Value input, out WrittenLayer written)
    {
        (int filters, int channels, int places) = (layer.Edges.OutputCount, layer.Edges.InputCount, layer.Plan.Places);
        TensorProto weights = values.Matrix(filters, channels, 1);
        written = new WrittenLayer(values, OnnxForm.Dense, [weights]);
        string sums = graph.AddNode(
            "Conv", layer.Name,
            [Shaped(graph, layer, input, channels, places), values.AddMatrix(weights), values.AddBiases()],
            NodeAttribute.Of("kernel_shape", [1L]));
        return Flat(graph, layer, values.Activate(sums));
    }

    /// <summary>Adds a convolution over the places of a sequence.</summary>
    public static Value Convolve(GraphBuilder graph, Conv1d layer, EdgeValues values, Value input, out WrittenLayer written)
    {
        Conv2dShape shape = layer.Shape;
        WindowSide side = shape.Window.Columns;
        TensorProto weights = values.Matrix(shape.Filters, shape.GroupChannels, side.Kernel);
        written = new WrittenLayer(values, OnnxForm.Dense, [weights]);
        string sums = graph.AddNode(
            "Conv", layer.Name,
            [Shaped(graph, layer, input, shape.Input.Channels, shape.Input.Width), values.AddMatrix(weights), values.AddBiases()],
            NodeAttribute.Of("kernel_shape", [(long)side.Kernel]), NodeAttribute.Of("strides", [(long)side.Stride]),
            NodeAttribute.Of("pads", side.Padding, side.Padding), NodeAttribute.Of("dilations", [(long)side.Dilation]), NodeAttribute.Of("group", shape.Groups));
        return Flat(graph, layer, values.Activate(sums));
    }

    /// <summary>Adds a layer normalisation of each place.</summary>
    public static Value Normalise(GraphBuilder graph, LayerNorm layer, Value input)
    {
        string shaped = Shaped(graph, layer, input, layer.Scale.Count, layer.Plan.Places);
        return Flat(graph, layer, NormNodes.Add(graph, layer, shaped, [layer.Scale.Count, 1]));
    }

    /// <summary>Adds an embedding: the rows of the tokens, plus the vectors of the places, and 0 where there is no token.</summary>
    public static Value Embed(GraphBuilder graph, Embedding layer, Value tokens, TableNumbers? bytes)
    {
        string rows = Rows(graph, layer, layer.Table, tokens, bytes);
        if (layer.Positions is { } positions)
            rows = graph.AddNode("Add", layer.Name, [rows, bytes is null ? Table(graph, layer, positions) : Table(graph, layer, positions, bytes.Positions!, bytes.PositionScale)]);
        string present = Present(graph, layer, tokens, 2);
        string masked = graph.AddNode("Mul", layer.Name, [rows, present]);
        return Flat(graph, layer, graph.AddNode("Transpose", layer.Name, [masked], NodeAttribute.Of("perm", [0L, 2L, 1L])));
    }

    /// <summary>Adds the mean or the sum of the rows of a sample's tokens.</summary>
    public static Value Bag(GraphBuilder graph, EmbeddingBag layer, Value tokens, TableNumbers? bytes)
    {
        string present = Present(graph, layer, tokens, 2);
        string masked = graph.AddNode("Mul", layer.Name, [Rows(graph, layer, layer.Table, tokens, bytes), present]);
        string places = Whole(graph, layer, "places", 1);
        string sum = Sum(graph, layer, masked, places);
        return new Value(layer.Plan.Mode == BagMode.Mean ? Quotient(graph, layer, sum, Sum(graph, layer, present, places)) : sum, layer.OutputCount);
    }

    /// <summary>Adds the mean of a sequence over its places, or over those that have a token.</summary>
    public static Value Mean(GraphBuilder graph, MeanPool layer, Value sequence, Value? tokens)
    {
        string shaped = Shaped(graph, layer, sequence, layer.OutputCount, layer.Plan.Places);
        if (tokens is not { } known)
            return new Value(graph.AddNode("ReduceMean", layer.Name, [shaped], NodeAttribute.Of("axes", [2L]), NodeAttribute.Of("keepdims", 0)), layer.OutputCount);
        string present = Present(graph, layer, known, 1);
        string places = Whole(graph, layer, "places", 2);
        string sum = Sum(graph, layer, graph.AddNode("Mul", layer.Name, [shaped, present]), places);
        return new Value(Quotient(graph, layer, sum, Sum(graph, layer, present, places)), layer.OutputCount);
    }

    /// <summary>Adds self-attention.</summary>
    public static Value Attend(GraphBuilder graph, SelfAttention layer, Value sequence, Value? tokens)
    {
        AttentionShape shape = layer.Plan.Shape;
        (int heads, int units, int places) = (shape.Heads, shape.HeadUnits, shape.Places);

        // [batch, 3, heads, units of a head, places]
        string sizes = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/shape", [0L, 3, heads, units, places], 5));
        string parts = graph.AddNode("Reshape", layer.Name, [sequence.Name, sizes]);
        string[] roles = [.. Enumerable.Range(0, 3).Select(role => graph.AddNode(
            "Gather", layer.Name, [parts, graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/{(role == 0 ? "query" : role == 1 ? "key" : "value")}", [(long)role]))], NodeAttribute.Of("axis", 1)))];
        string queries = graph.AddNode("Transpose", layer.Name, [roles[0]], NodeAttribute.Of("perm", [0L, 1L, 3L, 2L]));
        string scale = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/scale", [(float)(1 / Math.Sqrt(units))]));
        string scores = graph.AddNode("Mul", layer.Name, [graph.AddNode("MatMul", layer.Name, [queries, roles[1]]), scale]);
        string weights;
        if (tokens is not { } known)
        {
            weights = graph.AddNode("Softmax", layer.Name, [scores], NodeAttribute.Of("axis", 3));
        }
        else
        {
            // Places without a token get a score so low that they get no attention; a sample without tokens gets none at all.
            string present = graph.AddNode("Unsqueeze", layer.Name, [Present(graph, layer, known, 1), Whole(graph, layer, "heads", 1)]);
            string lowest = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/lowest", [-1e30f]));
            string one = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/one", [1f]));
            string penalty = graph.AddNode("Mul", layer.Name, [graph.AddNode("Sub", layer.Name, [one, present]), lowest]);
            string softmax = graph.AddNode("Softmax", layer.Name, [graph.AddNode("Add", layer.Name, [scores, penalty])], NodeAttribute.Of("axis", 3));
            weights = graph.AddNode("Mul", layer.Name, [softmax, present]);
        }

        string spread = graph.AddNode("Transpose", layer.Name, [weights], NodeAttribute.Of("perm", [0L, 1L, 3L, 2L]));
        return Flat(graph, layer, graph.AddNode("MatMul", layer.Name, [roles[2], spread]));
    }

    /// <summary>The rows of the tokens, [batch, places, dimension]; any row where there is no token.</summary>
    private static string Rows(GraphBuilder graph, Layer layer, Parameter table, Value tokens, TableNumbers? bytes)
    {
        string known = graph.AddNode("Relu", layer.Name, [tokens.Name]);
        string indices = graph.AddNode("Cast", layer.Name, [known], NodeAttribute.Of("to", (int)TensorProto.Types.DataType.Int32));
        string rows = bytes is null ? Table(graph, layer, table) : Table(graph, layer, table, bytes.Rows, bytes.RowScale);
        return graph.AddNode("Gather", layer.Name, [rows, indices], NodeAttribute.Of("axis", 0));
    }

    private static string Table(GraphBuilder graph, Layer layer, Parameter table) => graph.AddConstant(
        layer.Name, Constant.Of(table.Name, LayerValues.Finite(graph, layer, table), table.Shape[0], table.Shape[1]));

    private static string Table(GraphBuilder graph, Layer layer, Parameter table, byte[] rows, ValueScale scale) =>
        RoundingNodes.Add(graph, layer.Name, Constant.Of(table.Name, rows, table.Shape[0], table.Shape[1]), scale);

    /// <summary>Which places have a token, as 1 or 0: [batch, 1, places] or [batch, places, 1].</summary>
    private static string Present(GraphBuilder graph, Layer layer, Value tokens, int axis)
    {
        string limit = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/limit", [-0.5f]));
        string present = graph.AddNode("Cast", layer.Name, [graph.AddNode("Greater", layer.Name, [tokens.Name, limit])], NodeAttribute.Of("to", (int)TensorProto.Types.DataType.Float));
        return graph.AddNode("Unsqueeze", layer.Name, [present, Whole(graph, layer, "axis", axis)]);
    }

    /// <summary>A sum divided by a number of places, or by 1 if there are none: then the sum is 0.</summary>
    private static string Quotient(GraphBuilder graph, Layer layer, string sum, string count)
    {
        string least = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/least", [1f]));
        return graph.AddNode("Div", layer.Name, [sum, graph.AddNode("Max", layer.Name, [count, least])]);
    }

    private static string Sum(GraphBuilder graph, Layer layer, string value, string axes) =>
        graph.AddNode("ReduceSum", layer.Name, [value, axes], NodeAttribute.Of("keepdims", 0));

    private static string Whole(GraphBuilder graph, Layer layer, string name, long value) =>
        graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/{name}", [value], 1));

    /// <summary>A value as [batch, units, places]; 0 stands for the batch.</summary>
    private static string Shaped(GraphBuilder graph, Layer layer, Value value, int units, int places)
    {
        string sizes = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/shape", [0L, units, places], 3));
        return graph.AddNode("Reshape", layer.Name, [value.Name, sizes]);
    }

    private static Value Flat(GraphBuilder graph, Layer layer, string value) =>
        new(graph.AddNode("Flatten", layer.Name, [value], NodeAttribute.Of("axis", 1)), layer.OutputCount);
}

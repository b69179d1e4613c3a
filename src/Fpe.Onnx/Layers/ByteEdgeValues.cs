using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Quantization;

namespace Fpe.Onnx.Layers;

/// <summary>
/// The numbers of a layer of a quantised network: weights of 8 bits with a scale for each row, biases of 32 bits, and nodes that say what they
/// stand for, which runtimes join with the product.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer.</param>
/// <param name="numbers">Its numbers.</param>
/// <param name="input">What the bytes that it reads stand for.</param>
/// <param name="roundsSums">Whether its own activation reads bytes.</param>
internal sealed class ByteEdgeValues(GraphBuilder graph, EdgeLayer layer, EdgeNumbers numbers, ValueScale input, bool roundsSums) : EdgeValues(graph, layer, norm: null)
{
    private readonly GraphBuilder graph = graph;

    /// <inheritdoc/>
    public override TensorProto Matrix(params ReadOnlySpan<long> sizes)
    {
        EdgeLayout edges = numbers.Layout;
        long elements = (long)edges.OutputCount * edges.InputCount;
        graph.RequireRoom(Layer.Name, elements);
        var matrix = new sbyte[elements];
        for (int b = 0; b < edges.BlockCount; b++)
        {
            EdgeBlock block = edges.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    matrix[((long)row * edges.InputCount) + column] = numbers.Weights[slot++];
            }
        }

        return Constant.Of(Layer.Weight.Name, matrix, sizes);
    }

    /// <summary>Returns the weights of blocks of the same shape as a constant, [blocks · rows, columns], since a scale belongs to a single axis.</summary>
    public override TensorProto[] Blocks(BlockShape[] shapes)
    {
        graph.RequireRoom(Layer.Name, shapes.Sum(shape => shape.StoredValues));
        return [.. shapes.Select((shape, index) => Constant.Of(NameOf(shapes, index), shape.Fill(numbers.Weights), (long)shape.Count * shape.Rows, shape.Columns))];
    }

    /// <inheritdoc/>
    public override string AddMatrix(TensorProto matrix) => RestoreWeights(matrix, numbers.RowScales);

    /// <inheritdoc/>
    public override string AddBlocks(TensorProto blocks, BlockShape shape)
    {
        string rows = RestoreWeights(blocks, [.. shape.Order().Select(row => numbers.RowScales[row])]);
        string sizes = graph.AddConstant(Layer.Name, Constant.Of(blocks.Name + ".shape", [(long)shape.Count, shape.Rows, shape.Columns], 3));
        return graph.AddNode("Reshape", Layer.Name, [rows, sizes]);
    }

    /// <inheritdoc/>
    public override string AddBiases()
    {
        int[] biases = RestoredModel.BiasesOf(numbers, input);
        return Restore(Constant.Of(Layer.Bias.Name, biases, biases.Length), [.. numbers.RowScales.Select(scale => scale * input.Scale)]);
    }

    /// <inheritdoc/>
    public override string Activate(string sums) => base.Activate(roundsSums ? RoundingNodes.Add(graph, Layer.Name, "sums", sums, numbers.Sums) : sums);

    /// <inheritdoc/>
    public override long CountKeptZeros() =>
        Enumerable.Range(0, numbers.Weights.Length).LongCount(slot => numbers.Weights[slot] == 0 && numbers.Layout.IsKept(slot));

    /// <summary>
    /// Adds weights with a scale for each row, and returns the name of the numbers that they stand for. Zero points of 0 may be left out, but
    /// then ONNX Runtime does not join the nodes with the product, and makes numbers of all weights at every prediction.
    /// </summary>
    private string RestoreWeights(TensorProto constant, float[] scales) =>
        Restore(constant, scales, graph.AddConstant(Layer.Name, Constant.Of(constant.Name + ".zero_point", new sbyte[scales.Length], scales.Length)));

    /// <summary>Adds a constant with a scale for each row, and returns the name of the numbers that it stands for.</summary>
    private string Restore(TensorProto constant, float[] scales, params IReadOnlyList<string> zeroPoints)
    {
        string name = graph.AddConstant(Layer.Name, constant);
        string scale = graph.AddConstant(Layer.Name, Constant.Of(constant.Name + ".scale", scales, scales.Length));
        return graph.AddNode("DequantizeLinear", Layer.Name, [name, scale, .. zeroPoints], NodeAttribute.Of("axis", 0));
    }
}

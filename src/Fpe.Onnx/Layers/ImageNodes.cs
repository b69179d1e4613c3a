using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>Layers that work on images as nodes.</summary>
internal static class ImageNodes
{
    /// <summary>Adds a convolution.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="input">Images.</param>
    /// <param name="written">Receives what was written.</param>
    public static Value Convolve(GraphBuilder graph, Convolution layer, EdgeValues values, Value input, out WrittenLayer written)
    {
        Conv2dShape shape = layer.Shape;
        TensorProto weights = values.Matrix(shape.Filters, shape.GroupChannels, shape.Window.Rows.Kernel, shape.Window.Columns.Kernel);
        written = new WrittenLayer(values, OnnxForm.Dense, [weights]);

        string[] inputs =
        [
            OfShape(graph, layer, input, shape.Input), values.AddMatrix(weights), values.AddBiases(),
        ];
        string sums = graph.AddNode("Conv", layer.Name, inputs, ConvolutionAttributes(shape));
        return new Value(values.Activate(sums), shape.Output.Count, shape.Output);
    }

    /// <summary>Adds a layer that keeps the maximum of each window.</summary>
    public static Value Pool(GraphBuilder graph, MaxPool2d layer, Value input) => Pool(graph, "MaxPool", layer, input);

    /// <summary>Adds a layer that keeps the mean of each window.</summary>
    public static Value Pool(GraphBuilder graph, AvgPool2d layer, Value input) => layer.Shape.Window.HasPadding
        ? Pool(graph, "AveragePool", layer, input, NodeAttribute.Of("count_include_pad", 1))
        : Pool(graph, "AveragePool", layer, input);

    /// <summary>Adds a layer that keeps the mean of each channel, as a vector.</summary>
    public static Value Pool(GraphBuilder graph, GlobalAvgPool2d layer, Value input)
    {
        string means = graph.AddNode("GlobalAveragePool", layer.Name, [OfShape(graph, layer, input, layer.Input)]);
        return new Value(graph.AddNode("Flatten", layer.Name, [means], NodeAttribute.Of("axis", 1)), layer.OutputCount);
    }

    /// <summary>Turns images into vectors, where they are images.</summary>
    public static Value Flatten(GraphBuilder graph, Layer layer, Value input) => input.Image is null
        ? input
        : new Value(graph.AddNode("Flatten", layer.Name, [input.Name], NodeAttribute.Of("axis", 1)), input.Width);

    /// <summary>The shape that all values have as images; null if they have different ones, or one is a vector.</summary>
    public static ImageShape? Shared(Value[] values) => values.All(value => value.Image == values[0].Image) ? values[0].Image : null;

    /// <summary>Names of values that have one shape: as they are if they do, or else as vectors.</summary>
    public static IEnumerable<string> InOneShape(GraphBuilder graph, Layer layer, Value[] values) => Shared(values) is null
        ? values.Select(value => Flatten(graph, layer, value).Name)
        : values.Select(value => value.Name);

    /// <summary>Images of the shape that a layer reads, whatever the layer below gives: the order of the values is the same.</summary>
    private static string OfShape(GraphBuilder graph, Layer layer, Value input, ImageShape shape)
    {
        if (input.Image == shape)
            return input.Name;

        // 0 stands for the batch
        string sizes = graph.AddConstant(layer.Name, Constant.Of($"{layer.Name}/shape", [0L, shape.Channels, shape.Height, shape.Width], 4));
        return graph.AddNode("Reshape", layer.Name, [input.Name, sizes]);
    }

    private static Value Pool(GraphBuilder graph, string operation, Pool2d layer, Value input, params AttributeProto[] options)
    {
        Pool2dShape shape = layer.Shape;
        AttributeProto[] attributes = [.. WindowAttributes(shape.Window), .. options];
        string output = graph.AddNode(operation, layer.Name, [OfShape(graph, layer, input, shape.Input)], attributes);
        return new Value(output, shape.Output.Count, shape.Output);
    }

    private static IEnumerable<AttributeProto> WindowAttributes(Window2d window)
    {
        WindowSide rows = window.Rows, columns = window.Columns;
        yield return NodeAttribute.Of("kernel_shape", rows.Kernel, columns.Kernel);
        yield return NodeAttribute.Of("strides", rows.Stride, columns.Stride);
        if (window.HasPadding)
            yield return NodeAttribute.Of("pads", rows.Padding, columns.Padding, rows.Padding, columns.Padding);
    }

    private static IEnumerable<AttributeProto> ConvolutionAttributes(Conv2dShape shape)
    {
        WindowSide rows = shape.Window.Rows, columns = shape.Window.Columns;
        yield return NodeAttribute.Of("kernel_shape", rows.Kernel, columns.Kernel);
        yield return NodeAttribute.Of("strides", rows.Stride, columns.Stride);
        yield return NodeAttribute.Of("pads", rows.Padding, columns.Padding, rows.Padding, columns.Padding);
        if (rows.Dilation != 1 || columns.Dilation != 1)
            yield return NodeAttribute.Of("dilations", rows.Dilation, columns.Dilation);
        if (shape.Groups != 1)
            yield return NodeAttribute.Of("group", shape.Groups);
    }
}

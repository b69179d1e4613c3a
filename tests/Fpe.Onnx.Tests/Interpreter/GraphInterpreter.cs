using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Tests.Interpreter;

/// <summary>Computes a graph node by node, as the standard defines the operators.</summary>
internal static class GraphInterpreter
{
    /// <summary>The output for a batch.</summary>
    /// <param name="graph">A graph with one input and one output.</param>
    /// <param name="samples">The batch, sample by sample.</param>
    /// <param name="batch">Samples.</param>
    public static float[] Run(GraphProto graph, float[] samples, int batch)
    {
        Dictionary<string, Tensor> values = graph.Initializer.ToDictionary(constant => constant.Name, Tensor.Of);
        ValueInfoProto input = Assert.Single(graph.Input);
        values.Add(input.Name, new Tensor(SizesOf(input, batch), [.. samples.Select(value => (double)value)]));
        Tensor result = Run(graph, values);
        Assert.Equal(SizesOf(Assert.Single(graph.Output), batch), result.Sizes);
        return [.. result.Values.Select(value => (float)value)];
    }

    /// <summary>The output of a graph, or of one within a node, which adds its values to those around it.</summary>
    private static Tensor Run(GraphProto graph, Dictionary<string, Tensor> values)
    {
        foreach (NodeProto node in graph.Node)
        {
            Tensor[] inputs = [.. node.Input.Select(name => values[name])];
            values.Add(Assert.Single(node.Output), node.OpType switch
            {
                "If" => Run(Graph(node, Assert.Single(inputs[0].Values) != 0 ? "then_branch" : "else_branch"), new(values)),
                "Scan" => Scan(Graph(node, "body"), inputs, Integer(node, "num_scan_inputs"), values),
                _ => Compute(node, inputs),
            });
        }

        return values[Assert.Single(graph.Output).Name];
    }

    /// <summary>The outputs of a graph for each index of the first axis of all inputs.</summary>
    private static Tensor Scan(GraphProto body, Tensor[] inputs, int count, Dictionary<string, Tensor> values)
    {
        Assert.Equal(inputs.Length, count);
        Assert.Single(inputs.Select(input => input.Sizes[0]).Distinct());
        Tensor[] outputs = [.. Enumerable.Range(0, inputs[0].Sizes[0]).Select(i =>
        {
            IEnumerable<KeyValuePair<string, Tensor>> parts = body.Input.Zip(inputs, (name, input) => KeyValuePair.Create(name.Name, Operators.Part(input, i)));
            return Run(body, new(values.Concat(parts)));
        })];
        return new Tensor([outputs.Length, .. outputs[0].Sizes], [.. outputs.SelectMany(output => output.Values)]);
    }

    private static int[] SizesOf(ValueInfoProto value, int batch) =>
        [.. value.Type.TensorType.Shape.Dim.Select(size => size.DimParam == "batch" ? batch : (int)size.DimValue)];

    private static Tensor Compute(NodeProto node, Tensor[] inputs) => node.OpType switch
    {
        "Identity" => inputs[0],
        "QuantizeLinear" => inputs[0].Map(value => Math.Clamp(Math.Round((float)value / (float)Assert.Single(inputs[1].Values)) + Assert.Single(inputs[2].Values), 0, 255)),
        "DequantizeLinear" => Operators.Dequantize(inputs, Has(node, "axis") ? Integer(node, "axis") : null),
        "Relu" => inputs[0].Map(z => Math.Max(z, 0)),
        "Tanh" => inputs[0].Map(Math.Tanh),
        "Sigmoid" => inputs[0].Map(z => 1 / (1 + Math.Exp(-z))),
        "LeakyRelu" => inputs[0].Map(z => z < 0 ? Number(node, "alpha") * z : z),
        "HardSigmoid" => inputs[0].Map(z => Math.Clamp((Number(node, "alpha") * z) + Number(node, "beta"), 0, 1)),
        "Softplus" => inputs[0].Map(z => Math.Log(1 + Math.Exp(z))),
        "Erf" => inputs[0].Map(Numerics.Erf.Of),
        "BatchNormalization" => Operators.BatchNormalization(inputs, Number(node, "epsilon")),
        "GlobalAveragePool" => Operators.MeanOfChannels(inputs[0]),
        "Sqrt" => inputs[0].Map(Math.Sqrt),
        "ReduceMean" => Operators.Reduce(inputs[0], Assert.Single(Integers(node, "axes")), Integer(node, "keepdims") == 1, Enumerable.Average),
        "ReduceSum" => Operators.Reduce(inputs[0], (int)Assert.Single(inputs[1].Values), Integer(node, "keepdims") == 1, Enumerable.Sum),
        "Softmax" => Operators.Softmax(inputs[0], Integer(node, "axis")),
        "Cast" => inputs[0], // numbers and indices are the same here
        "Greater" => Operators.Elementwise(inputs, (a, b) => a > b ? 1 : 0),
        "Less" => Operators.Elementwise(inputs, (a, b) => a < b ? 1 : 0),
        "Max" => Operators.Elementwise(inputs, Math.Max),
        "Min" => Operators.Elementwise(inputs, Math.Min),
        "Shape" => new Tensor([inputs[0].Rank], [.. inputs[0].Sizes.Select(size => (double)size)]),
        "Size" => new Tensor([], [inputs[0].Values.Length]),
        "Expand" => Operators.Expand(inputs[0], inputs[1]),
        "GatherElements" => Operators.GatherElements(inputs[0], inputs[1], Integer(node, "axis")),
        "Unsqueeze" => Operators.Unsqueeze(inputs[0], (int)Assert.Single(inputs[1].Values)),
        "Slice" => Operators.Slice(inputs[0], (int)Assert.Single(inputs[1].Values), (int)Assert.Single(inputs[2].Values), (int)Assert.Single(inputs[3].Values)),
        "Sum" => inputs.Aggregate((sum, input) => Operators.Elementwise([sum, input], (a, b) => a + b)),
        "Sub" => Operators.Elementwise(inputs, (a, b) => a - b),
        "Add" => Operators.Elementwise(inputs, (a, b) => a + b),
        "Mul" => Operators.Elementwise(inputs, (a, b) => a * b),
        "Div" => Operators.Elementwise(inputs, (a, b) => a / b),
        "Gemm" => Operators.Gemm(inputs, transposeB: Integer(node, "transB") == 1),
        "MatMul" => Operators.MatMul(inputs[0], inputs[1]),
        "Transpose" => Operators.Transpose(inputs[0], Integers(node, "perm")),
        "Gather" => Operators.Gather(inputs[0], inputs[1], Integer(node, "axis")),
        "Concat" => Operators.Concat(inputs, Integer(node, "axis")),
        "Reshape" => Operators.Reshape(inputs[0], inputs[1]),
        "Flatten" => Windows.Flatten(inputs[0], Integer(node, "axis")),
        "Conv" when inputs[0].Rank == 3 => Windows.ConvOfPlaces(
            inputs[0], inputs[1], inputs[2], Integers(node, "strides", [1]), Integers(node, "pads", [0, 0]), Integers(node, "dilations", [1]),
            Has(node, "group") ? Integer(node, "group") : 1),
        "Conv" => Windows.Conv(
            inputs[0], inputs[1], inputs[2], Integers(node, "strides"), Integers(node, "pads"), Integers(node, "dilations", [1, 1]),
            Has(node, "group") ? Integer(node, "group") : 1),
        "AveragePool" => Windows.AveragePool(
            inputs[0], Integers(node, "kernel_shape"), Integers(node, "strides"), Integers(node, "pads", [0, 0, 0, 0]),
            Has(node, "count_include_pad") && Integer(node, "count_include_pad") == 1),
        "MaxPool" => Windows.MaxPool(
            inputs[0], Integers(node, "kernel_shape"), Integers(node, "strides"), Integers(node, "pads", [0, 0, 0, 0])),
        _ => throw new NotSupportedException($"Operator {node.OpType} of node {node.Name}."),
    };

    private static double Number(NodeProto node, string name)
    {
        AttributeProto attribute = Assert.Single(node.Attribute, attribute => attribute.Name == name);
        Assert.Equal(AttributeProto.Types.AttributeType.Float, attribute.Type);
        return attribute.F;
    }

    private static int Integer(NodeProto node, string name)
    {
        AttributeProto attribute = Assert.Single(node.Attribute, attribute => attribute.Name == name);
        Assert.Equal(AttributeProto.Types.AttributeType.Int, attribute.Type);
        return (int)attribute.I;
    }

    private static GraphProto Graph(NodeProto node, string name)
    {
        AttributeProto attribute = Assert.Single(node.Attribute, attribute => attribute.Name == name);
        Assert.Equal(AttributeProto.Types.AttributeType.Graph, attribute.Type);
        return attribute.G;
    }

    private static bool Has(NodeProto node, string name) => node.Attribute.Any(attribute => attribute.Name == name);

    private static int[] Integers(NodeProto node, string name, int[] otherwise) => Has(node, name) ? Integers(node, name) : otherwise;

    private static int[] Integers(NodeProto node, string name)
    {
        AttributeProto attribute = Assert.Single(node.Attribute, attribute => attribute.Name == name);
        Assert.Equal(AttributeProto.Types.AttributeType.Ints, attribute.Type);
        return [.. attribute.Ints.Select(value => (int)value)];
    }
}

using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Google.Protobuf;

namespace Fpe.Onnx.Tests.Import;

/// <summary>An ONNX file, written node by node as other tools do.</summary>
internal sealed class TestGraph
{
    private readonly ModelProto model = new()
    {
        IrVersion = 7,
        ProducerName = "test",
        OpsetImport = { new OperatorSetIdProto { Version = 13 } },
        Graph = new GraphProto { Name = "net", Output = { ValueInfo.OfBatch("y", [1]) } },
    };

    /// <summary>Begins a file.</summary>
    /// <param name="sizes">The sizes of a sample; the input is named x, and the output y.</param>
    public TestGraph(params int[] sizes) => model.Graph.Input.Add(ValueInfo.OfBatch("x", sizes));

    public ModelProto Model => model;

    public GraphProto Graph => model.Graph;

    /// <summary>Adds a node, whose name is its operator and output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">The inputs, separated by spaces.</param>
    /// <param name="output">The output.</param>
    /// <param name="attributes">The attributes.</param>
    public TestGraph Node(string type, string inputs, string output, params AttributeProto[] attributes)
    {
        Graph.Node.Add(new NodeProto { Name = $"/{type}_{output}", OpType = type, Input = { inputs.Split(' ') }, Output = { output }, Attribute = { attributes } });
        return this;
    }

    /// <summary>Adds a constant of numbers that depend on its name.</summary>
    public TestGraph Constant(string name, params long[] sizes)
    {
        Graph.Initializer.Add(Onnx.Graph.Constant.Of(name, Numbers(name, (int)sizes.Aggregate(1L, (product, size) => product * size)), sizes));
        return this;
    }

    /// <summary>Adds a constant of whole numbers.</summary>
    public TestGraph Wholes(string name, params long[] values)
    {
        Graph.Initializer.Add(Onnx.Graph.Constant.Of(name, values, values.Length));
        return this;
    }

    /// <summary>Adds a single number.</summary>
    public TestGraph Number(string name, float value)
    {
        Graph.Initializer.Add(Onnx.Graph.Constant.Of(name, [value]));
        return this;
    }

    /// <summary>Writes the file.</summary>
    public string Save(string path)
    {
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    /// <summary>Positive numbers, so that they can be variances.</summary>
    public static float[] Numbers(string name, int count) => [.. Enumerable.Range(0, count).Select(i => 0.5f + (((name.Sum(letter => letter) + (7 * i)) % 23) / 16f))];
}

using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Graph;

/// <summary>Builds a graph node by node, in the order in which the nodes are computed.</summary>
/// <param name="model">The name of the model.</param>
internal sealed class GraphBuilder(string model)
{
    // The maximum size of a protobuf message, minus a generous reserve for everything that is not a constant.
    private const long Limit = int.MaxValue - (1 << 20);

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Stack<GraphProto> nested = [];
    private long constantBytes;

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = model };

    /// <summary>Returns the location of an error: the model and layer.</summary>
    public string Place(string layer) => $"{model}.{layer}";

    /// <summary>Adds the input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sizes">The sizes after the batch, whose size is free.</param>
    /// <exception cref="OnnxExportException">The name is taken.</exception>
    public void AddInput(string name, params ReadOnlySpan<int> sizes)
    {
        Claim(name, name);
        Graph.Input.Add(ValueInfo.OfBatch(name, sizes));
    }

    /// <summary>Makes a value the output of the graph, under another name.</summary>
    /// <param name="value">The output of the last node, or the input of the graph if there is no node.</param>
    /// <param name="name">The new name of the output.</param>
    /// <param name="sizes">The sizes after the batch.</param>
    /// <exception cref="OnnxExportException">The name is taken.</exception>
    public void AddOutput(string value, string name, params ReadOnlySpan<int> sizes)
    {
        if (Graph.Node.Count == 0)
            value = AddNode("Identity", model, [value]);
        NodeProto last = Graph.Node[^1];
        if (last.Output[0] != value)
            throw new ArgumentException($"'{value}' is not the output of the last node, '{last.Output[0]}'.", nameof(value));

        Claim(name, name);
        last.Output[0] = name;
        Graph.Output.Add(ValueInfo.OfBatch(name, sizes));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="layer">The name of the layer it belongs to, from which the names of the node and output are derived.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its output.</returns>
    public string AddNode(string type, string layer, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        string name = NewName(layer, type);
        GraphProto target = nested.TryPeek(out GraphProto? inner) ? inner : Graph;
        target.Node.Add(new NodeProto { Name = name, OpType = type, Input = { inputs }, Output = { name }, Attribute = { attributes } });
        return name;
    }

    /// <summary>
    /// Builds a graph within a node: a branch, or the body of a loop. Nodes that are added meanwhile are in it, and can read all values so
    /// far; constants are those of the whole file.
    /// </summary>
    /// <param name="layer">The name of the layer it belongs to.</param>
    /// <param name="name">The name of the graph.</param>
    /// <param name="inputs">The types of its inputs.</param>
    /// <param name="addNodes">Adds its nodes: takes the names of its inputs and returns that of its output, of 32-bit numbers.</param>
    public GraphProto Nest(string layer, string name, IEnumerable<TensorProto.Types.DataType> inputs, Func<string[], string> addNodes)
    {
        var graph = new GraphProto { Name = NewName(layer, name) };
        graph.Input.Add(inputs.Select(type => ValueInfo.Of(NewName(layer, name), type)));
        nested.Push(graph);
        string output = addNodes([.. graph.Input.Select(input => input.Name)]);
        nested.Pop();
        graph.Output.Add(ValueInfo.Of(output, TensorProto.Types.DataType.Float));
        return graph;
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="layer">The name of the layer it belongs to.</param>
    /// <param name="tensor">The constant.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="OnnxExportException">Another layer has a constant with this name, or the file would become too large.</exception>
    public string AddConstant(string layer, TensorProto tensor)
    {
        Claim(tensor.Name, layer);
        RequireRoom(layer, tensor.RawData.Length);
        constantBytes += tensor.RawData.Length;
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Checks that a constant fits into the file before anything is allocated for it.</summary>
    /// <param name="layer">The name of the layer it belongs to.</param>
    /// <param name="bytes">The size of the constant.</param>
    /// <exception cref="OnnxExportException">The file would become too large.</exception>
    public void RequireRoom(string layer, long bytes)
    {
        if (bytes > Limit - constantBytes)
        {
            throw new OnnxExportException(
                Place(layer),
                $"{bytes} bytes of weights after {constantBytes} of the layers below are more than the {Limit} that fit an ONNX file; give its neurons a larger Share, or make it narrower.");
        }
    }

    private string NewName(string layer, string type)
    {
        string name = $"{layer}/{type}";
        for (int repetition = 1; !names.Add(name); repetition++)
            name = $"{layer}/{type}_{repetition}";
        return name;
    }

    private void Claim(string name, string layer)
    {
        if (!names.Add(name))
            throw new OnnxExportException(Place(layer), $"the name '{name}' is taken in the file; give the layer another name.");
    }
}

using Fpe.Onnx.Schema;
using Google.Protobuf;

namespace Fpe.Onnx.Import;

/// <summary>A parsed file: its nodes, who reads which value, and its constants.</summary>
internal sealed class OnnxFile
{
    /// <summary>The first version of the operator set in which all operators that are read mean what they do now.</summary>
    private const long OldestOperatorSet = 7;

    private readonly Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, int> readers;

    private OnnxFile(string path, ModelProto model)
    {
        (Path, Nodes) = (path, [.. model.Graph.Node]);
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        long operatorSet = model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1;
        if (operatorSet < OldestOperatorSet)
            throw Refuse($"it uses version {operatorSet} of the operators, but {OldestOperatorSet} and later are read; export it again with opset_version=13.");
        foreach (TensorProto constant in model.Graph.Initializer)
            constants[constant.Name] = constant;
        for (int n = 0; n < Nodes.Length; n++)
        {
            if (Nodes[n].Output.Count == 0)
                throw Refuse($"node '{Nodes[n].Name}' ({Nodes[n].OpType}) computes nothing; the file is damaged, export it again.");
            foreach (string output in Nodes[n].Output.Where(output => output.Length > 0))
            {
                if (!producers.TryAdd(output, n))
                    throw Refuse($"two nodes compute '{output}'; the file is damaged, export it again.");
            }
        }

        readers = Nodes.Index().SelectMany(node => node.Item.Input.Distinct().Select(input => (input, node.Index))).ToLookup(pair => pair.input, pair => pair.Index, StringComparer.Ordinal);
        ValueInfoProto[] inputs = [.. model.Graph.Input.Where(input => !constants.ContainsKey(input.Name))];
        if (inputs.Length != 1 || model.Graph.Output.Count != 1)
            throw Refuse($"it has {inputs.Length} inputs and {model.Graph.Output.Count} outputs, but one of each can be imported; export the part of the network that has them.");
        (Input, Output) = (inputs[0], model.Graph.Output[0].Name);
    }

    public string Path { get; }

    /// <summary>The tool that wrote it.</summary>
    public string Producer { get; }

    /// <summary>The nodes, in the order in which they can be computed.</summary>
    public NodeProto[] Nodes { get; }

    public ValueInfoProto Input { get; }

    public string Output { get; }

    /// <summary>Parses a file.</summary>
    /// <exception cref="OnnxImportException">It is not an ONNX file, or not one that can be imported.</exception>
    public static OnnxFile Parse(string path, Stream content)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(content);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxImportException(path, "it is damaged or not an ONNX file; export it again.", error);
        }

        return model.Graph is { Node.Count: > 0 }
            ? new OnnxFile(path, model)
            : throw new OnnxImportException(path, "it has no graph with nodes, so it is not an ONNX file of a network; export it again.");
    }

    /// <summary>The nodes that read a value, without those that only ask for its shape.</summary>
    public int[] ReadersOf(string value) => [.. readers[value].Where(node => Nodes[node].OpType != "Shape")];

    /// <summary>The node that computes a value; null if none does.</summary>
    public NodeProto? ProducerOf(string value) => producers.TryGetValue(value, out int node) ? Nodes[node] : null;

    /// <summary>The constant of a name, which may be transposed or renamed by nodes; null if the value is not constant.</summary>
    /// <exception cref="OnnxImportException">It cannot be read.</exception>
    public ConstantTensor? ConstantOf(string? value)
    {
        bool isTransposed = false;
        for (int step = 0; value is not null && step <= Nodes.Length; step++)
        {
            if (constants.TryGetValue(value, out TensorProto? constant))
                return Transposed(ConstantTensor.Of(Path, constant, value));
            switch (ProducerOf(value))
            {
                case { OpType: "Constant" } node when node.Tensor("value") is { } tensor:
                    return Transposed(ConstantTensor.Of(Path, tensor, value));
                case { OpType: "Constant" } node when node.Wholes("value_ints") is { } wholes:
                    return new ConstantTensor(value, [wholes.Length], [.. wholes.Select(whole => (double)whole)]);
                case { OpType: "Identity" } node:
                    value = node.InputAt(0);
                    break;
                case { OpType: "Transpose" } node when node.Wholes("perm") is null or [1, 0]:
                    (value, isTransposed) = (node.InputAt(0), !isTransposed);
                    break;
                default:
                    return null;
            }
        }

        return null;

        ConstantTensor? Transposed(ConstantTensor read) => !isTransposed ? read : read.Dims.Length == 2 ? read.Transposed() : null;
    }

    public OnnxImportException Refuse(string problem) => new(Path, problem);
}

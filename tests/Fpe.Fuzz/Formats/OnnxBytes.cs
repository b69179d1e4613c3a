using Fpe.Compute;
using Fpe.Fuzz.Mutation;
using Fpe.Onnx;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Google.Protobuf;

namespace Fpe.Fuzz.Formats;

/// <summary>Networks as ONNX files, and what reads them.</summary>
public static class OnnxBytes
{
    /// <summary>
    /// Bytes that reading may allocate for each byte of a file: constants are kept as doubles, the model has weights and index data of
    /// its own, and a node of a few bytes becomes a layer.
    /// </summary>
    public const int BytesPerByte = 128;

    private static readonly ModelPlan Images = new("FuzzNet", 32,
    [
        new Conv2dPlan("Edges", new ImageShape(2, 4, 4), Filters: 3, Kernel: 3),
        new BatchNormPlan("Norm", 3, 4),
        new MaxPool2dPlan("Pool", new ImageShape(3, 2, 2), Kernel: 2, Stride: 2),
        new FlattenPlan("Features", new ImageShape(3, 1, 1)),
        new LinearPlan("Hidden", 3, 4, ActivationFunction.Gelu),
        new LinearPlan("Logits", 4, 2),
    ]);

    /// <summary>A file of the exporter, and one whose nodes compute the target of a reshape as PyTorch's do.</summary>
    public static FuzzSeed[] Networks() => [new(Exported()), new(Reshaped())];

    /// <summary>Reads a network, and everything in it.</summary>
    public static void Read(byte[] file) => OnnxImporter.Load("input", new MemoryStream(file)).Dispose();

    /// <summary>Reads a network from a path, as a user would.</summary>
    public static void Read(string path) => OnnxImporter.Load(path).Dispose();

    private static byte[] Exported()
    {
        using var model = new PlannedModel(Images, seed: 1);
        using var stream = new MemoryStream();
        model.ExportOnnx(stream);
        return stream.ToArray();
    }

    private static byte[] Reshaped()
    {
        float[] numbers = [.. Enumerable.Range(0, 8).Select(i => i / 8f)];
        var graph = new GraphProto { Name = "net", Input = { ValueInfo.OfBatch("x", [1, 2, 2]) }, Output = { ValueInfo.OfBatch("y", [2]) } };
        graph.Initializer.Add([Constant.Of("place", [0L], 1), Constant.Of("rest", [-1L], 1), Constant.Of("0.weight", numbers, 2, 4)]);
        Add("Sigmoid", "x", "s");
        Add("Mul", "x s", "h");
        Add("Shape", "h", "sizes");
        Add("Gather", "sizes place", "batch");
        Add("Concat", "batch rest", "target");
        Add("Reshape", "h target", "v");
        Add("Gemm", "v 0.weight", "y");
        graph.Node[^1].Attribute.Add(NodeAttribute.Of("transB", 1));
        return new ModelProto { IrVersion = 7, ProducerName = "fuzz", OpsetImport = { new OperatorSetIdProto { Version = 13 } }, Graph = graph }.ToByteArray();

        void Add(string type, string inputs, string output) =>
            graph.Node.Add(new NodeProto { OpType = type, Input = { inputs.Split(' ') }, Output = { output } });
    }
}

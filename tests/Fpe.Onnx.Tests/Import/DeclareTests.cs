using System.Reflection;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests.Import;

/// <summary>The classes that files need: they are part of this project, so that they compile.</summary>
public sealed class DeclareTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_of_ours_becomes_the_class_that_reads_it()
    {
        string file = Path.Combine(folder.FullName, "image.onnx");
        using PlannedModel model = Exported.Parent("image");
        model.ExportOnnx(file);
        Assert.Equal(Source("DeclaredImage"), OnnxImporter.Declare(file, "DeclaredImage"));
        using var declared = new DeclaredImage();
        declared.ImportOnnx(file);
        float[] samples = Exported.Samples(model.Plan, 5);
        var outputs = new float[15];
        declared.Forward(samples, outputs);
        Near.Equal(model.Outputs(samples), outputs);
    }

    [Fact]
    public void Every_kind_is_declared_with_its_options()
    {
        string file = Path.Combine(folder.FullName, "kinds.onnx");
        new TestGraph(4, 8, 8)
            .Constant("f", 4, 2, 3, 5).Constant("g", 4).Node("Conv", "x f g", "c", NodeAttribute.Of("strides", 1L, 2), NodeAttribute.Of("pads", 1L, 2, 1, 2), NodeAttribute.Of("group", 2))
            .Constant("scale", 4).Constant("shift", 4).Constant("mean", 4).Constant("variance", 4)
            .Node("BatchNormalization", "c scale shift mean variance", "n", NodeAttribute.Of("epsilon", 0.001f)).Node("LeakyRelu", "n", "l", NodeAttribute.Of("alpha", 0.2f))
            .Constant("layers.deep.weight", 8, 1, 3, 3).Node("Conv", "l layers.deep.weight", "d", NodeAttribute.Of("group", 4), NodeAttribute.Of("pads", 2L, 2, 2, 2), NodeAttribute.Of("dilations", 2L, 2)).Node("Tanh", "d", "t")
            .Node("AveragePool", "t", "p", NodeAttribute.Of("kernel_shape", 2L, 2)).Node("GlobalAveragePool", "p", "q").Node("Flatten", "q", "v")
            .Constant("0.weight", 3, 8).Node("Gemm", "v 0.weight", "z", NodeAttribute.Of("transB", 1)).Node("Sigmoid", "z", "s").Node("Mul", "z s", "y")
            .Save(file);
        Assert.Equal(Source("DeclaredKinds"), OnnxImporter.Declare(file, "DeclaredKinds"));
        using PlannedModel loaded = OnnxImporter.Load(file);
        using var declared = new DeclaredKinds();
        declared.ImportOnnx(file);
        float[] samples = Exported.Samples(loaded.Plan, 5);
        var outputs = new float[15];
        declared.Forward(samples, outputs);
        Near.Equal(loaded.Outputs(samples), outputs);
    }

    [Fact]
    public void A_vector_that_is_read_as_an_image_cannot_be_declared()
    {
        string file = Path.Combine(folder.FullName, "net.onnx");
        using PlannedModel model = Exported.Parent("vector to image");
        model.ExportOnnx(file);
        Assert.Equal(
            $"{file}: the layer Filters, convolution 1 × 4 × 4 → 2 × 6 × 6, kernel 3, stride 1, padding 2, reads a vector as an image, which cannot be declared; use OnnxImporter.Load.",
            Assert.Throws<OnnxImportException>(() => OnnxImporter.Declare(file)).Message);
    }

    [Fact]
    public void No_layer_has_the_name_of_the_class()
    {
        string file = new TestGraph(4).Constant("logits.weight", 2, 4).Node("Gemm", "x logits.weight", "y", NodeAttribute.Of("transB", 1)).Save(Path.Combine(folder.FullName, "logits.onnx"));
        Assert.Contains("class Logits\n{\n    [Linear(2)]\n    public partial Linear Logits1 { get; }\n", OnnxImporter.Declare(file), StringComparison.Ordinal);
        Assert.Contains("class Net\n{\n    [Linear(2)]\n    public partial Linear Logits { get; }\n", OnnxImporter.Declare(file, "Net"), StringComparison.Ordinal);
    }

    private static string Source(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.cs")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

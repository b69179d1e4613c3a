using System.Text;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Onnx.Tests.Import;

/// <summary>What cannot be imported is named with node, operator, shapes and layer.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void An_operator_that_is_not_known_is_named()
    {
        new TestGraph(2, 3, 3).Node("Transpose", "x", "t", NodeAttribute.Of("perm", 0L, 2, 3, 1)).Node("Flatten", "t", "y").Save(file);
        Assert.StartsWith($"{file}: node '/Transpose_t' (Transpose) reads 'x' [2, 3, 3] and is none of the operators that can be imported, which are Gemm, MatMul with Add,", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_is_named()
    {
        new TestGraph(4).Constant("w", 4, 4).Node("MatMul", "x w", "h").Node("Relu", "h", "r").Node("Sum", "h r", "y").Save(file);
        Assert.StartsWith($"{file}: 'h' [4] is read by 2 nodes, from node '/Relu_r' (Relu) on, but only a chain,", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pads", new long[] { 0, 0, 1, 1 }, "has pads [0, 0, 1, 1], but layers have the same padding on both sides.")]
    [InlineData("pads", new long[] { 3, 3, 3, 3 }, null)]
    [InlineData("strides", new long[] { 2 }, "has auto_pad NOTSET, 4 pads, 1 strides and 2 dilations; export it with explicit pads for two dimensions.")]
    public void A_window_that_no_layer_has_is_named(string attribute, long[] values, string? problem)
    {
        new TestGraph(1, 4, 4).Constant("f", 2, 1, 3, 3).Node("Conv", "x f", "y", NodeAttribute.Of(attribute, values)).Save(file);
        Assert.StartsWith(
            problem is null ? $"{file}: node '/Conv_y' (Conv) reads [1, 4, 4] and cannot be a layer: Conv1: padding 3 must be from 0 to 2;" : $"{file}: node '/Conv_y' (Conv) reads 'x' [1, 4, 4] and {problem}",
            Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Means_without_padding_and_windows_that_are_cut_off_are_refused()
    {
        new TestGraph(1, 5, 5).Node("AveragePool", "x", "y", NodeAttribute.Of("kernel_shape", 3L, 3), NodeAttribute.Of("pads", 1L, 1, 1, 1)).Save(file);
        Assert.EndsWith("leaves its padding out of means, but AvgPool2d counts it as zeros.", Refused(), StringComparison.Ordinal);
        new TestGraph(1, 5, 5).Node("MaxPool", "x", "y", NodeAttribute.Of("kernel_shape", 2L, 2), NodeAttribute.Of("strides", 2L, 2), NodeAttribute.Of("ceil_mode", 1)).Save(file);
        Assert.EndsWith("has ceil_mode, so that its last window is cut off by the border, which pooling layers do not do.", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named()
    {
        TestGraph graph = new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "y");
        graph.Graph.Initializer[0] = Constant.Of("w", [.. Enumerable.Repeat(1f, 11), float.NaN], 4, 3);
        graph.Save(file);
        Assert.Equal($"{file}: 'w' of node '/MatMul_y' (MatMul) is NaN at element 11; export a network whose training did not diverge.", Refused());
    }

    [Fact]
    public void Numbers_in_another_file_come_with_the_line_that_joins_them()
    {
        TestGraph graph = new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "y");
        graph.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        graph.Save(file);
        Assert.Equal($"{file}: the numbers of 'w' are in another file; write one file: python -c \"import onnx; onnx.save(onnx.load('{Path.GetFileName(file)}'), 'whole.onnx')\"", Refused());
    }

    [Fact]
    public void A_size_that_is_free_is_named()
    {
        TestGraph graph = new TestGraph(1, 4, 4).Node("Flatten", "x", "y");
        graph.Graph.Input[0].Type.TensorType.Shape.Dim[3] = new TensorShapeProto.Types.Dimension { DimParam = "width" };
        graph.Save(file);
        Assert.Equal($"{file}: a size of its input 'x' is free ('width'), but only that of the batch can be; export it with a fixed size.", Refused());
    }

    [Fact]
    public void Files_of_anything_else_are_refused()
    {
        foreach (byte[] content in (byte[][])[[], Encoding.ASCII.GetBytes("hello, world"), [0xFF, 0xFF, 0xFF]])
        {
            File.WriteAllBytes(file, content);
            Assert.StartsWith($"{file}: it ", Refused(), StringComparison.Ordinal);
        }

        Assert.Throws<FileAccessException>(() => OnnxImporter.Load(file + ".none"));
    }

    [Fact]
    public void A_layer_that_differs_is_named_with_the_node()
    {
        new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "z").Node("Tanh", "z", "h").Constant("v", 3, 2).Node("MatMul", "h v", "y").Save(file);
        Assert.Equal(
            $"{file}: node '/MatMul_z' (MatMul) is Linear 4 → 3, but TestNet.Hidden is Linear 4 → 5; declare the layers of the file, which OnnxImporter.Declare prints.",
            Differs(new LinearPlan("Hidden", 4, 5, ActivationFunction.Tanh), new LinearPlan("Logits", 5, 2)));
        Assert.Equal(
            $"{file}: node '/Tanh_h' (Tanh) is Tanh, but TestNet.Hidden is Relu; declare the layers of the file, which OnnxImporter.Declare prints.",
            Differs(new LinearPlan("Hidden", 4, 3, ActivationFunction.Relu), new LinearPlan("Logits", 3, 2)));
        Assert.Equal(
            $"{file}: node '/MatMul_y' (MatMul) is Linear 3 → 2 comes after the last layer of TestNet; declare a layer for it.",
            Differs(new LinearPlan("Hidden", 4, 3, ActivationFunction.Tanh)));
        Assert.Equal(
            $"{file}: TestNet.More is Linear 2 → 2, but the file ends before it; remove the layer.",
            Differs(new LinearPlan("Hidden", 4, 3, ActivationFunction.Tanh), new LinearPlan("Logits", 3, 2), new LinearPlan("More", 2, 2)));

        string Differs(params LayerPlan[] layers)
        {
            using var model = new PlannedModel(Plans.Chain(4, countBiases: false, layers), seed: 3);
            double[] before = ((Linear)model.Layers[0]).ReadWeights();
            string message = Assert.Throws<OnnxImportException>(() => model.ImportOnnx(file)).Message;
            Assert.Equal(before, ((Linear)model.Layers[0]).ReadWeights());
            return message;
        }
    }

    [Fact]
    public void Samples_of_another_width_and_graphs_are_refused()
    {
        new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "y").Save(file);
        using var wide = new PlannedModel(Plans.Chain(5, countBiases: false, new LinearPlan("Logits", 5, 3)));
        Assert.Equal($"{file}: its samples have 4 values, but those of TestNet have 5; declare the model with the inputs of the file.", Assert.Throws<OnnxImportException>(() => wide.ImportOnnx(file)).Message);
        using var graph = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("One", 4, 4), new AddPlan("Sum", 4) { From = ["One", ModelPlan.Sample] }));
        Assert.Equal($"{file}: TestNet.Sum does not read the layer before it alone, but only chains can be imported; import the weights from safetensors.", Assert.Throws<OnnxImportException>(() => graph.ImportOnnx(file)).Message);
    }

    [Fact]
    public void An_expanded_model_is_refused()
    {
        using PlannedModel parent = Exported.Parent("random");
        parent.ExportOnnx(file);
        using var model = new PlannedModel(Expansions.Plan("random"));
        model.Expand();
        Assert.Equal("TestNet is expanded, but weights are imported into a dense parent; import into a new model and expand it.", Assert.Throws<InvalidOperationException>(() => model.ImportOnnx(file)).Message);
    }

    [Fact]
    public void No_damage_ends_in_anything_but_an_error_or_a_network()
    {
        using PlannedModel parent = Exported.Parent("image");
        using var stream = new MemoryStream();
        parent.ExportOnnx(stream);
        byte[] content = stream.ToArray();
        var random = new Random(1);
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            byte[] damaged = [.. content.AsSpan(..(attempt % 3 == 0 ? random.Next(content.Length) : content.Length))];
            for (int flip = 0; flip < 1 + (attempt % 4) && damaged.Length > 0; flip++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(file, damaged);
            try
            {
                OnnxImporter.Load(file).Dispose();
            }
            catch (OnnxImportException)
            {
                // The expected error.
            }
        }
    }

    /// <summary>A list that doubles with each node, so that what no limit stops takes all time and memory.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("unknown")]
    public void Shapes_that_are_joined_again_and_again_are_refused_at_once(string source)
    {
        TestGraph graph = new TestGraph(4).Node("Shape", source, "s0");
        for (int n = 0; n < 30; n++)
            graph.Node("Concat", string.Join(' ', Enumerable.Repeat($"s{n}", 8)), $"s{n + 1}");
        graph.Node("Reshape", "x s30", "y").Save(file);
        Assert.EndsWith("reads 'x' [4] and has a shape that is not constant.", Refused(), StringComparison.Ordinal);
    }

    /// <summary>Learned edges start from new weights, so that they are refused for a model that has others.</summary>
    [Fact]
    public void A_model_counts_as_new_after_a_refused_import()
    {
        new TestGraph(8).Constant("w", 8, 4).Node("MatMul", "x w", "y").Save(file);
        using var model = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(4, Split.Learned)));
        Assert.Throws<OnnxImportException>(() => model.ImportOnnx(file));
        var options = new TrainingOptions { BatchSize = 2, EdgeLearning = new EdgeExchange { Start = EdgeStart.Random } };
        options.Validate(model, Dataset.OfClasses("samples", 8, new float[2 * 8], [0, 1], 3));
    }

    private string Refused() => Assert.Throws<OnnxImportException>(() => OnnxImporter.Load(file)).Message;
}

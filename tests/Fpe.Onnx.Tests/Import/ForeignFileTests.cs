using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Onnx.Tests.Interpreter;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests.Import;

/// <summary>Files as other tools write them.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_product_and_a_sum_are_a_layer()
    {
        TestGraph graph = new TestGraph(4).Constant("w", 4, 3).Constant("b", 3).Node("MatMul", "x w", "z").Node("Add", "b z", "a").Node("Relu", "a", "h")
            .Constant("v", 3, 2).Node("MatMul", "h v", "y");
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal(["Linear 4 → 3 Relu", "Linear 3 → 2 Identity"], model.Layers.Select(layer => $"Linear {layer.InputCount} → {layer.OutputCount} {((Linear)layer).Plan.Activation}"));
        Assert.Equal([0.0, 0], ((Linear)model.Layers[1]).ReadBiases());
        RequireComputed(graph, model, 4);
    }

    [Fact]
    public void A_product_with_factors_and_a_single_bias_is_a_layer()
    {
        TestGraph graph = new TestGraph(4).Constant("w", 4, 3).Constant("b", 1)
            .Node("Gemm", "x w b", "y", NodeAttribute.Of("alpha", 2f), NodeAttribute.Of("beta", 3f));
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        float[] w = TestGraph.Numbers("w", 12);
        float b = TestGraph.Numbers("b", 1)[0];
        Assert.Equal(2.0 * w[(2 * 3) + 1], ((Linear)model.Layers[0]).ReadWeights()[(1 * 4) + 2]);
        Assert.Equal([3.0 * b, 3.0 * b, 3.0 * b], ((Linear)model.Layers[0]).ReadBiases().Select(bias => (double)(float)bias));
    }

    [Fact]
    public void Constants_pass_through_nodes_and_have_any_format()
    {
        TestGraph graph = new TestGraph(2).Node("Transpose", "w", "t", NodeAttribute.Of("perm", 1L, 0L)).Node("Identity", "t", "i")
            .Node("MatMul", "x i", "z").Node("Constant", "", "b").Node("Add", "z b", "y");
        graph.Graph.Initializer.Add(new TensorProto { Name = "w", Dims = { 3, 2 }, DataType = TensorProto.Types.DataType.Double, DoubleData = { 1, 2, 3, 4, 5, 6 } });
        graph.Graph.Node[3].Input.Clear();
        graph.Graph.Node[3].Attribute.Add(new AttributeProto
        {
            Name = "value",
            T = new TensorProto { Dims = { 3 }, DataType = TensorProto.Types.DataType.Float16, Int32Data = { 0x3C00, 0x4000, 0xC000 } },
        });
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal([1.0, 2, 3, 4, 5, 6], ((Linear)model.Layers[0]).ReadWeights());
        Assert.Equal([1.0, 2, -2], ((Linear)model.Layers[0]).ReadBiases());
    }

    [Fact]
    public void The_shape_of_a_vector_can_be_computed_from_the_batch()
    {
        TestGraph graph = new TestGraph(2, 2, 3).Constant("f", 4, 2, 1, 1).Node("Conv", "x f", "c")
            .Node("Shape", "c", "s").Number("zero", 0).Wholes("first", 0).Node("Gather", "s first", "n").Wholes("rest", -1).Node("Concat", "n rest", "t", NodeAttribute.Of("axis", 0))
            .Node("Reshape", "c t", "v").Constant("w", 5, 24).Constant("b", 5).Node("Gemm", "v w b", "y", NodeAttribute.Of("transB", 1));
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal(["Conv2d", "Flatten", "Linear"], model.Layers.Select(layer => layer.GetType().Name));
    }

    [Fact]
    public void A_normalisation_of_an_image_and_means_of_channels_are_layers()
    {
        TestGraph graph = new TestGraph(2, 4, 4).Constant("f", 3, 2, 3, 3).Constant("g", 3).Node("Conv", "x f g", "c", NodeAttribute.Of("kernel_shape", 3L, 3), NodeAttribute.Of("strides", 1L, 1), NodeAttribute.Of("pads", 1L, 1, 1, 1))
            .Constant("scale", 3).Constant("shift", 3).Constant("mean", 3).Constant("variance", 3)
            .Node("BatchNormalization", "c scale shift mean variance", "n", NodeAttribute.Of("epsilon", 0.001f)).Node("Relu", "n", "r")
            .Node("GlobalAveragePool", "r", "p").Node("Flatten", "p", "v", NodeAttribute.Of("axis", 1)).Node("Identity", "v", "d").Constant("w", 2, 3).Constant("b", 2).Node("Gemm", "d w b", "y", NodeAttribute.Of("transB", 1));
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal(["Conv2d", "BatchNorm", "Activation", "GlobalAvgPool2d", "Linear"], model.Layers.Select(layer => layer.GetType().Name));
        Assert.Equal((16, 0.001), (((BatchNorm)model.Layers[1]).Plan.Places, ((BatchNorm)model.Layers[1]).Plan.Epsilon));
        RequireComputed(graph, model, 32);
    }

    [Fact]
    public void Zeros_around_an_image_are_the_padding_of_the_next_layer()
    {
        TestGraph graph = new TestGraph(1, 4, 4).Wholes("pads", 0, 0, 1, 1, 0, 0, 1, 1).Node("Pad", "x pads", "p")
            .Node("AveragePool", "p", "y", NodeAttribute.Of("kernel_shape", 2L, 2), NodeAttribute.Of("strides", 2L, 2));
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal(1, ((AvgPool2d)Assert.Single(model.Layers)).Plan.Window.Rows.Padding);
        Assert.Equal([0.25f, 0.5f, 0.25f, 0.5f, 1, 0.5f, 0.25f, 0.5f, 0.25f], model.Outputs([.. Enumerable.Repeat(1f, 16)]));
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void A_softmax_at_the_end_is_left_out_and_said(string type)
    {
        new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "z").Node(type, "z", "y").Save(file);
        using var model = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Logits", 4, 3)));
        OnnxImport import = model.ImportOnnx(file);
        Assert.Equal(
            $"""
            /MatMul_z (MatMul): Linear 4 → 3 → Logits
            node '/{type}_y' ({type}) is left out, because outputs of a model are logits; PredictProbabilities applies it
            """.ReplaceLineEndings("\n"),
            import.ToString());
    }

    [Fact]
    public void A_sigmoid_at_the_end_is_left_out_if_the_model_ends_with_logits()
    {
        new TestGraph(4).Constant("w", 4, 1).Node("MatMul", "x w", "z").Node("Sigmoid", "z", "y").Save(file);
        using var logits = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Logits", 4, 1)));
        Assert.Equal(["node '/Sigmoid_y' (Sigmoid) is left out, because TestNet ends with logits; PredictProbabilities applies it"], logits.ImportOnnx(file).Notes);
        using var values = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Values", 4, 1, ActivationFunction.Sigmoid)));
        Assert.Empty(values.ImportOnnx(file).Notes);
    }

    [Fact]
    public void A_normalisation_that_the_file_has_folded_changes_nothing()
    {
        TestGraph graph = new TestGraph(4).Constant("w", 3, 4).Constant("b", 3).Node("Gemm", "x w b", "y", NodeAttribute.Of("transB", 1));
        graph.Save(file);
        using var model = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Hidden", 4, 3), new BatchNormPlan("Norm", 3)));
        Assert.Equal(["TestNet.Norm has no node, because the file has it in the weights of Hidden; it is set to change nothing until it is trained"], model.ImportOnnx(file).Notes);
        RequireComputed(graph, model, 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_exact_GELU_is_known_in_either_order(bool halvesFirst)
    {
        TestGraph graph = new TestGraph(4).Constant("w", 4, 3).Node("MatMul", "x w", "z").Number("root", MathF.Sqrt(2)).Number("one", 1).Number("half", 0.5f)
            .Node("Div", "z root", "d").Node("Erf", "d", "e").Node("Add", "e one", "s");
        _ = halvesFirst
            ? graph.Node("Mul", "z half", "p").Node("Mul", "p s", "y")
            : graph.Node("Mul", "z s", "p").Node("Mul", "p half", "y");
        using PlannedModel model = OnnxImporter.Load(graph.Save(file));
        Assert.Equal(ActivationFunction.Gelu, ((Linear)Assert.Single(model.Layers)).Plan.Activation.Kind);
        RequireComputed(graph, model, 4);
    }

    private static void RequireComputed(TestGraph graph, PlannedModel model, int width)
    {
        float[] samples = [.. Enumerable.Range(0, 3 * width).Select(i => MathF.Sin(i * i))];
        graph.Graph.Output[0] = ValueInfo.OfBatch("y", [model.Plan.OutputCount]);
        Near.Equal(GraphInterpreter.Run(graph.Graph, samples, 3), model.Outputs(samples));
    }
}

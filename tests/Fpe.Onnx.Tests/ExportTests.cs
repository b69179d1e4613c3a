using System.Text.Json;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;
using Fpe.Onnx.Tests.Interpreter;
using Fpe.Onnx.Tests.Support;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests;

public class ExportTests
{
    private static readonly OnnxExportOptions AsDense = new() { Dense = true };

    [Theory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void The_graph_computes_what_the_model_computes(string name)
    {
        foreach (OnnxExportOptions? options in new[] { null, AsDense })
        {
            using Exported exported = Exported.Of(name, options);
            foreach (int batch in Exported.Batches)
            {
                float[] samples = exported.Samples(batch);
                Near.Equal(exported.Model.Outputs(samples), GraphInterpreter.Run(exported.File.Graph, samples, batch));
            }
        }
    }

    [Fact]
    public void A_dense_parent_is_written_as_it_is()
    {
        using Exported exported = Exported.Of(new PlannedModel(Expansions.Plan("random"), seed: 3));
        Assert.Equal("false", exported.Metadata("fpe.expanded"));
        Assert.Equal(exported.Model.Plan.DenseWeights, exported.Report.Weights);
        Assert.Equal([OnnxForm.Dense, OnnxForm.Dense], exported.Report.Layers.Select(layer => layer.Form));
        float[] samples = exported.Samples(3);
        Near.Equal(exported.Model.Outputs(samples), GraphInterpreter.Run(exported.File.Graph, samples, 3));
    }

    [Fact]
    public void Convolutions_in_groups_stay_in_groups()
    {
        using Exported exported = Exported.Of(ExpandedGroups());
        Assert.Equal([1L, 2, 2, 8], exported.File.Graph.Node.Where(node => node.OpType == "Conv").Select(node => node.Attribute.FirstOrDefault(attribute => attribute.Name == "group")?.I ?? 1));

        static PlannedModel ExpandedGroups()
        {
            var model = new PlannedModel(Expansions.Plan("groups, expanded"), seed: 3);
            model.Expand();
            return model;
        }
    }

    [Fact]
    public void Neurons_that_share_partitions_are_gathered_blocks_and_others_dense_with_zeros()
    {
        Assert.Equal([OnnxForm.DenseWithZeros, OnnxForm.DenseWithZeros], Forms("random"));
        Assert.Equal([OnnxForm.GatheredBlocks, OnnxForm.DenseWithZeros], Forms("wide share"));
        Assert.Equal([OnnxForm.GatheredBlocks, OnnxForm.GatheredBlocks, OnnxForm.Dense], Forms("wide share, dealt to groups"));
        Assert.Equal([OnnxForm.DenseWithZeros, OnnxForm.DenseWithZeros], Forms("wide share", AsDense));

        static IEnumerable<OnnxForm> Forms(string name, OnnxExportOptions? options = null)
        {
            using Exported exported = Exported.Of(name, options);
            return [.. exported.Report.Layers.Select(layer => layer.Form)];
        }
    }

    [Fact]
    public void Blocks_are_smaller_than_the_dense_matrix_and_keep_their_holes()
    {
        using Exported blocks = Exported.Of("wide share");
        using Exported dense = Exported.Of("wide share", AsDense);
        Assert.True(blocks.Report.FileSize < dense.Report.FileSize / 2, $"{blocks.Report.FileSize} against {dense.Report.FileSize} bytes");

        EdgeLayout edges = ((Linear)blocks.Model.Layers[0]).Edges;
        Assert.True(edges.HasHoles);
        Assert.Equal((edges.EdgeCount, edges.SlotCount), (blocks.Report.Layers[0].Weights, blocks.Report.Layers[0].StoredValues));
    }

    [Fact]
    public void Blocks_are_gathered_in_two_ways_from_the_same_weights()
    {
        using Exported exported = Exported.Of("wide share");
        Assert.Equal(["Size", "Less", "Transpose", "Reshape", "If", "Add", "Relu", "Gemm"], exported.File.Graph.Node.Select(node => node.OpType));
        Assert.Equal([24, 8, 10], Assert.Single(exported.File.Graph.Initializer, constant => constant.Name == "hidden.weight").Dims);
    }

    [Fact]
    public void Blocks_of_nearly_the_same_width_are_written_with_one_shape_and_others_not()
    {
        Assert.Equal(["hidden.weight 12 8 18", "hidden.weight.columns 12 18"], Constants(70, 24, new ExpansionPlan(4, Share: 8)));
        Assert.Equal(["hidden.weight.0 9 8 3", "hidden.weight.0.columns 9 3", "hidden.weight.1 3 8 2", "hidden.weight.1.columns 3 2"], Constants(11, 24, new ExpansionPlan(4, Share: 8)).Order());

        static IEnumerable<string> Constants(int inputs, int neurons, ExpansionPlan expansion)
        {
            using var model = new PlannedModel(Plans.OneHidden(inputs, neurons, 3, expansion), seed: 3);
            model.Expand();
            using Exported exported = Exported.Of(model);
            return [.. exported.File.Graph.Initializer.Where(constant => constant.Name.StartsWith("hidden.weight", StringComparison.Ordinal) && constant.Dims.Count > 1).Select(constant => $"{constant.Name} {string.Join(' ', constant.Dims)}")];
        }
    }

    [Fact]
    public void Files_have_the_sizes_that_the_documentation_says()
    {
        var plan = new ModelPlan(
            "Fashion", 784,
            [
                new LinearPlan("Hidden", 784, 256, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 32) },
                new LinearPlan("Logits", 256, 10),
            ]);
        using var model = new PlannedModel(plan, seed: 1);
        Assert.Equal(814_996, model.ExportOnnx(Stream.Null).FileSize);
        model.Expand();
        Assert.Equal(875_929, model.ExportOnnx(Stream.Null).FileSize);
        Assert.Equal(3_257_262, model.ExportOnnx(Stream.Null, AsDense).FileSize);
    }

    [Fact]
    public void Weights_have_the_names_and_shapes_that_PyTorch_would_give_them()
    {
        using Exported exported = Exported.Of("random");
        Assert.Equal(
            ["hidden.weight 18 8", "hidden.bias 18", "logits.weight 3 18", "logits.bias 3"],
            exported.File.Graph.Initializer.Select(constant => $"{constant.Name} {string.Join(' ', constant.Dims)}"));
    }

    [Fact]
    public void Dropout_leaves_no_node()
    {
        using Exported exported = Exported.Of("dropout");
        Assert.Equal(["Gemm", "Relu", "Gemm"], exported.File.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void A_batch_normalisation_is_folded_into_the_sums_before_it()
    {
        using Exported exported = Exported.Of("batch norms");
        Assert.DoesNotContain("BatchNormalization", exported.File.Graph.Node.Select(node => node.OpType));
        Assert.Equal(exported.Model.WeightCount, exported.Report.Weights);
        JsonElement layers = JsonDocument.Parse(exported.Metadata("fpe.layers")).RootElement;
        Assert.Equal(["Channels", "Norm"], layers.EnumerateArray().Where(layer => layer.TryGetProperty("norm", out _)).Select(layer => layer.GetProperty("norm").GetString()));
    }

    [Theory]
    [InlineData("an activation in between", "Features", 36, ActivationFunction.Tanh)]
    [InlineData("the sums are read twice", "Filters", 36, ActivationFunction.Identity)]
    [InlineData("pixels have units of their own", "Features", 1, ActivationFunction.Identity)]
    public void A_batch_normalisation_stays_where_it_cannot_be_folded(string reason, string read, int places, ActivationFunction activation)
    {
        ModelPlan plan = Plans.Chain(
            8, countBiases: false,
            new Conv2dPlan("Filters", new ImageShape(2, 2, 2), Filters: 2, Kernel: 5, Padding: 4, Activation: activation),
            new FlattenPlan("Features", new ImageShape(2, 6, 6)),
            new BatchNormPlan("Norm", 72 / places, places) { From = [read] },
            new AddPlan("Sum", 72) { From = ["Features", "Norm"] },
            new LinearPlan("Logits", 72, 3));
        using var model = new PlannedModel(plan, seed: 3);
        Exported.Unsettle(model.Layers.OfType<BatchNorm>().Single());
        using Exported exported = Exported.Of(model);
        Assert.True(exported.File.Graph.Node.Any(node => node.OpType == "BatchNormalization"), reason);
        float[] samples = exported.Samples(3);
        Near.Equal(exported.Model.Outputs(samples), GraphInterpreter.Run(exported.File.Graph, samples, 3));
    }

    [Fact]
    public void A_neuron_that_a_normalisation_multiplies_by_0_keeps_its_weights()
    {
        using PlannedModel model = NormalisedHidden();
        ((BatchNorm)model.Layers[1]).Scale.Value.Write([0, 1, 2, 3]);
        using Exported exported = Exported.Of(model);
        Assert.DoesNotContain("BatchNormalization", exported.File.Graph.Node.Select(node => node.OpType));
        Assert.Equal(model.WeightCount, exported.Report.Weights);
        float[] samples = exported.Samples(3);
        Near.Equal(model.Outputs(samples), GraphInterpreter.Run(exported.File.Graph, samples, 3));
    }

    [Fact]
    public void A_statistic_that_is_not_finite_is_named()
    {
        using PlannedModel model = NormalisedHidden();
        ((BatchNorm)model.Layers[1]).RunningVariance.Value.Write([1, double.NaN, 1, double.PositiveInfinity]);
        var error = Assert.Throws<OnnxExportException>(() => model.ExportOnnx(Stream.Null));
        Assert.StartsWith("TestNet.Norm: 2 of 4 numbers of norm.running_var are not finite as 32-bit numbers;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_and_output_have_a_free_batch()
    {
        using Exported exported = Exported.Of("random");
        Assert.Equal("input [batch, 8]", Describe(Assert.Single(exported.File.Graph.Input)));
        Assert.Equal("output [batch, 3]", Describe(Assert.Single(exported.File.Graph.Output)));

        static string Describe(ValueInfoProto value) =>
            $"{value.Name} [{string.Join(", ", value.Type.TensorType.Shape.Dim.Select(size => size.DimParam + (size.HasDimValue ? size.DimValue : "")))}]";
    }

    [Fact]
    public void Images_keep_their_shape_up_to_the_first_vector()
    {
        using Exported exported = Exported.Of("image");
        Assert.Equal([2, 9, 8], Assert.Single(exported.File.Graph.Input).Type.TensorType.Shape.Dim.Skip(1).Select(size => size.DimValue));
        Assert.Equal(["Conv", "Relu", "MaxPool", "Flatten"], exported.File.Graph.Node.Take(4).Select(node => node.OpType));
        Assert.Equal([4, 2, 3, 3], exported.File.Graph.Initializer[0].Dims);
        Assert.Equal(OnnxForm.Dense, exported.Report.Layers[0].Form);
    }

    [Fact]
    public void The_file_says_what_it_holds()
    {
        using Exported exported = Exported.Of("share");
        Assert.Equal((7, 13), (exported.File.IrVersion, Assert.Single(exported.File.OpsetImport).Version));
        Assert.Equal(
            ["TestNet", "true", "88", "88", "19"],
            ((string[])["fpe.model", "fpe.expanded", "fpe.dense_weights", "fpe.weights", "fpe.biases"]).Select(exported.Metadata));
        Assert.Equal(
            """{"name":"Hidden","type":"Linear","inputs":8,"outputs":16,"activation":"Relu","neurons":8,"factor":2,"strategy":"Random","share":4,"outgoing":"Prune","weights":52,"form":"GatheredBlocks"}""",
            JsonDocument.Parse(exported.Metadata("fpe.layers")).RootElement[0].GetRawText());
        Assert.Equal(exported.Bytes.Length, exported.Report.FileSize);
    }

    [Fact]
    public void The_report_reads_as_text()
    {
        var report = new OnnxExport([new OnnxLayer("Hidden", OnnxForm.GatheredBlocks, 1000, 1024), new OnnxLayer("Logits", OnnxForm.Dense, 20, 20)], 4321);
        Assert.Equal(
            "Hidden: gathered blocks, 1,000 weights in 1,024 values\nLogits: dense, 20 weights in 20 values\n1,020 weights, 4,321 bytes",
            report.ToString());
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        using Exported first = Exported.Of("deep, mixed and shared");
        using Exported second = Exported.Of("deep, mixed and shared");
        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public void A_file_appears_as_a_whole_or_not_at_all()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            string path = Path.Combine(folder.FullName, "net.onnx");
            using Exported exported = Exported.Of("share");
            exported.Model.ExportOnnx(path);
            Assert.Equal(exported.Bytes, File.ReadAllBytes(path));

            using var damaged = new PlannedModel(Expansions.Plan("dense"));
            ((Linear)damaged.Layers[0]).Bias.Value.Write([double.NaN, 0, 0, 0, 0, 0]);
            Assert.Throws<OnnxExportException>(() => damaged.ExportOnnx(path));
            Assert.Equal(exported.Bytes, File.ReadAllBytes(path));
            Assert.Equal(path, Assert.Single(folder.GetFiles()).FullName);
            Assert.Throws<FileAccessException>(() => exported.Model.ExportOnnx(Path.Combine(folder.FullName, "missing", "net.onnx")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named()
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 3, new ReferenceDevice(ElementType.Float64));
        double[] biases = ((Linear)model.Layers[1]).ReadBiases();
        biases[2] = 1e39;
        ((Linear)model.Layers[1]).Bias.Value.Write(biases);
        var error = Assert.Throws<OnnxExportException>(() => Exported.Of(model));
        Assert.StartsWith("TestNet.Logits: 1 of 3 numbers of logits.bias are not finite as 32-bit numbers;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_a_program_is_refused_by_name()
    {
        using var model = new PlannedModel(Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 4), new OwnPlan("Own", 4), new LinearPlan("Logits", 4, 3)));
        var error = Assert.Throws<OnnxExportException>(() => model.ExportOnnx(Stream.Null));
        Assert.Equal("TestNet.Own: a layer of type OwnLayer cannot be written to an ONNX file.", error.Message);
    }

    private static PlannedModel NormalisedHidden() => new(
        Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 4), new BatchNormPlan("Norm", 4), new LinearPlan("Logits", 4, 3)), seed: 3);

    [Fact]
    public void A_name_is_given_once()
    {
        var graph = new GraphBuilder("TestNet");
        graph.AddConstant("Hidden", Constant.Of("hidden.weight", [1f], 1));
        Assert.Equal("TestNet.hidden: the name 'hidden.weight' is taken in the file; give the layer another name.", Message(() => graph.AddConstant("hidden", Constant.Of("hidden.weight", [1f], 1))));
        Assert.Equal("TestNet.hidden.weight: the name 'hidden.weight' is taken in the file; give the layer another name.", Message(() => graph.AddInput("hidden.weight", 1)));
        string node = graph.AddNode("Relu", "Hidden", ["hidden.weight"]);
        Assert.Equal("TestNet.hidden.weight: the name 'hidden.weight' is taken in the file; give the layer another name.", Message(() => graph.AddOutput(node, "hidden.weight", 1)));

        static string Message(Action add) => Assert.Throws<OnnxExportException>(add).Message;
    }

    private sealed record OwnPlan(string Name, int Width) : LayerPlan(Name, Width, Width)
    {
        protected override IReadOnlyList<ParameterPlan> Parameters => [];

        protected override OutputUnits OutputUnits => OutputUnits.OfInput;

        protected override Layer Create(Device device, long seed, int index) => new OwnLayer(this, device);

        protected override LayerPlan WithInputs(IReadOnlyList<int> widths) => new OwnPlan(Name, widths[0]);

        protected override void Describe(IPlanFields fields) => fields.Add("kind", nameof(OwnLayer));
    }

    private sealed class OwnLayer(LayerPlan plan, Device device) : Layer(plan, device)
    {
        public override int InputCount => Plan.Inputs;

        public override int OutputCount => Plan.Outputs;

        public override IReadOnlyList<Parameter> Parameters => [];

        protected override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => inputs[0];

        protected override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) => throw new NotSupportedException();

        protected override void Backward(ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass) =>
            throw new NotSupportedException();
    }
}

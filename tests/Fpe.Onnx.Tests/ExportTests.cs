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
            foreach (int batch in new[] { 1, 7 })
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
        Assert.Equal(874_360, model.ExportOnnx(Stream.Null).FileSize);
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
}

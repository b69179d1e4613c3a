using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Onnx.Schema;
using Fpe.Onnx.Tests.Interpreter;
using Fpe.Onnx.Tests.OnnxRuntime;
using Fpe.Onnx.Tests.Support;
using Fpe.Quantization;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using Google.Protobuf;

namespace Fpe.Onnx.Tests;

/// <summary>Networks of 8 bits as ONNX files.</summary>
public class QuantizedExportTests
{
    private const int Samples = 60;

    [Theory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void The_graph_computes_what_the_network_computes(string name)
    {
        using Exported exported = Exported.Of(name);
        float[] samples = exported.Samples(Samples);
        using Predictor quantized = exported.Model.Quantize(samples);
        foreach (OnnxExportOptions options in new OnnxExportOptions[] { new(), new() { Dense = true } })
        {
            (ModelProto file, OnnxExport report) = Export(quantized, options);
            RequireSteps(Outputs(quantized, samples), GraphInterpreter.Run(file.Graph, samples, Samples));
            Assert.Equal(exported.Model.WeightCount, report.Weights);
        }
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(Exported.Names), MemberType = typeof(Exported))]
    public void ONNX_Runtime_computes_it_too(string name)
    {
        using Exported exported = Exported.Of(name);
        float[] samples = exported.Samples(Samples);
        using Predictor quantized = exported.Model.Quantize(samples);
        byte[] file = Export(quantized, new OnnxExportOptions()).File.ToByteArray();
        RequireSteps(Outputs(quantized, samples), OnnxRuntimeProcess.Run(file, samples, Samples));
    }

    [OnnxRuntimeTheory]
    [InlineData("dense", false)]
    [InlineData("random", false)]
    [InlineData("share", true)]
    public void ONNX_Runtime_joins_fully_connected_layers_to_products_of_integers(string name, bool dense)
    {
        using Exported exported = Exported.Of(name);
        using Predictor quantized = exported.Model.Quantize(exported.Samples(Samples));
        ModelProto optimized = ModelProto.Parser.ParseFrom(OnnxRuntimeProcess.Optimize(Export(quantized, new OnnxExportOptions { Dense = dense }).File.ToByteArray()));
        Assert.Equal(["QuantizeLinear", .. exported.Model.Layers.Select(_ => "QGemm")], optimized.Graph.Node.Select(node => node.OpType));
    }

    /// <summary>Numbers outside of the range of bytes are cut off wherever the sample is read.</summary>
    [Fact]
    public void A_sample_is_bytes_for_all_layers_that_read_it()
    {
        ModelPlan[] plans =
        [
            Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 8), new AddPlan("Sum", 8) { From = ["Hidden", ModelPlan.Sample] }, new LinearPlan("Logits", 8, 3)),
            Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 4), new ConcatPlan("All", [4, 8]) { From = ["Hidden", ModelPlan.Sample] }, new LinearPlan("Logits", 12, 3)),
        ];
        foreach (ModelPlan plan in plans)
        {
            using var model = new PlannedModel(plan, seed: 3);
            float[] samples = Exported.Samples(plan, Samples);
            using Predictor quantized = model.Quantize(samples.Select(value => value / 4).ToArray());
            RequireSteps(Outputs(quantized, samples), GraphInterpreter.Run(Export(quantized, new OnnxExportOptions()).File.Graph, samples, Samples));
        }
    }

    [Fact]
    public void A_loaded_network_gives_the_same_file()
    {
        using Exported exported = Exported.Of("wide share");
        using Predictor quantized = exported.Model.Quantize(exported.Samples(Samples));
        using var saved = new MemoryStream();
        quantized.Save(saved);
        using Predictor loaded = PredictorFile.LoadPredictor<WideNet>(saved.ToArray(), "net");
        Assert.Equal(Export(quantized, new OnnxExportOptions()).File, Export(loaded, new OnnxExportOptions()).File);
    }

    [Fact]
    public void Weights_have_a_byte_and_a_scale_for_each_row()
    {
        using Exported exported = Exported.Of("wide share");
        using Predictor quantized = exported.Model.Quantize(exported.Samples(Samples));
        (ModelProto file, OnnxExport report) = Export(quantized, new OnnxExportOptions());
        Assert.Equal(exported.Report.Layers.Select(layer => layer.Form), report.Layers.Select(layer => layer.Form));
        Assert.True(report.FileSize < 0.6 * exported.Report.FileSize, $"{report.FileSize} against {exported.Report.FileSize} bytes");
        Assert.Equal("8", Assert.Single(file.MetadataProps, entry => entry.Key == "fpe.bits").Value);
        string[] constants = [.. file.Graph.Initializer.Where(constant => constant.DataType != TensorProto.Types.DataType.Int64).Select(constant => $"{constant.Name} {constant.DataType} {string.Join(' ', constant.Dims)}".TrimEnd())];
        Assert.Contains("hidden.weight Int8 192 10", constants);
        Assert.Contains("hidden.weight.scale Float 192", constants);
        Assert.Contains("hidden.weight.zero_point Int8 192", constants);
        Assert.Contains("hidden.bias Int32 192", constants);
        Assert.Contains("Hidden/outputs.scale Float", constants);
        Assert.Contains("Hidden/outputs.zero_point Uint8", constants);
    }

    [Fact]
    public void Test_accuracy_is_that_of_the_network()
    {
        string digits = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz");
        (Dataset train, Dataset test) = CsvClasses.Read(digits, 64, 10, scale: 1 / 16f).Divide("train", 1437, "test", seed: 1);
        using var model = new PlannedModel(Plans.OneHidden(64, 16, 10, new ExpansionPlan(4, Share: 4)), seed: 1);
        new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 32, ExpandAfter = 0, Optimizer = new Adam(3e-3) }).Fit(model, train);
        using Predictor quantized = model.Quantize(train);
        float[] samples = [.. Enumerable.Range(0, test.Count).SelectMany(s => test.Sample(s).ToArray())];
        float[] outputs = GraphInterpreter.Run(Export(quantized, new OnnxExportOptions()).File.Graph, samples, test.Count);
        double own = Accuracy(s => quantized.Predict(test.Sample(s))), exported = Accuracy(s => Array.IndexOf(outputs[(10 * s)..(10 * (s + 1))], outputs[(10 * s)..(10 * (s + 1))].Max()));
        Assert.InRange(own, 0.85, 1);
        Assert.Equal(own, exported, 0.003);

        double Accuracy(Func<int, int> predict) => Enumerable.Range(0, test.Count).Average(s => predict(s) == test.Label(s) ? 1.0 : 0.0);
    }

    [Fact]
    public void A_predictor_of_a_model_is_written_as_the_model()
    {
        using Exported exported = Exported.Of("random");
        using Predictor predictor = exported.Model.ToPredictor();
        Assert.Equal(exported.File, Export(predictor, new OnnxExportOptions()).File);
        string path = Path.GetTempFileName();
        Assert.Equal(exported.Bytes.Length, predictor.ExportOnnx(path).FileSize);
        Assert.Equal(exported.Bytes, File.ReadAllBytes(path));
        File.Delete(path);
    }

    /// <summary>Compares outputs to a step of a byte over their range: numbers halfway between two bytes are rounded in another way.</summary>
    private static void RequireSteps(float[] expected, float[] actual)
    {
        float step = (expected.Max() - expected.Min()) / byte.MaxValue;
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Max(step, 1e-6f)));
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Average(), 0, (step / 10) + 1e-6f);
    }

    private static (ModelProto File, OnnxExport Report) Export(Predictor predictor, OnnxExportOptions options)
    {
        using var stream = new MemoryStream();
        OnnxExport report = predictor.ExportOnnx(stream, options);
        return (ModelProto.Parser.ParseFrom(stream.ToArray()), report);
    }

    private static float[] Outputs(Predictor predictor, float[] samples)
    {
        var outputs = new float[samples.Length / predictor.Plan.InputCount * predictor.Plan.OutputCount];
        predictor.PredictOutputs(samples, outputs);
        return outputs;
    }

    private sealed class WideNet(long seed, Device device) : Model(Declared, seed, device), IModel<WideNet>
    {
        static ModelPlan IModel<WideNet>.Plan => Declared;

        private static ModelPlan Declared { get; } = Exported.PlanOf("wide share");

        static WideNet IModel<WideNet>.Create(long seed, Device device) => new(seed, device);
    }
}

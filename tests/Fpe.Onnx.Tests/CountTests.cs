using Fpe.Data;
using Fpe.Onnx.Export;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Layers;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Onnx.Tests;

/// <summary>The count that the compiler proves is that of the live model, of the trained one, of the one that was saved and loaded, and of the ONNX file.</summary>
public sealed class CountTests : IDisposable
{
    private const int Steps = 1000;
    private const int StepsPerEpoch = 4;

    private readonly string file = Path.GetTempFileName();

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Counts_agree_everywhere(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        (long weights, long biases) = plan.IsExpanded ? (plan.ExpandedWeights, plan.ExpandedBiases) : (plan.DenseWeights, plan.DenseBiases);
        using var model = new PlannedModel(plan, seed: 5);
        if (plan.IsExpanded)
            model.Expand();
        RequireCounts(model);

        Train(model);
        RequireCounts(model);
        Assert.Equal(weights, NonZeros(model));

        model.Save(file);
        using var loaded = new PlannedModel(plan, seed: 6);
        loaded.LoadWeights(file);
        RequireCounts(loaded);
        Assert.Equal(weights, NonZeros(loaded));

        foreach (OnnxExportOptions options in new OnnxExportOptions[] { new(), new() { Dense = true } })
            Assert.Equal(weights, loaded.ExportOnnx(Stream.Null, options).Weights);

        void RequireCounts(Model counted)
        {
            Assert.Equal((weights, biases), (counted.WeightCount, counted.BiasCount));
            Assert.Equal((weights, biases), (counted.Summarize().Weights, counted.Summarize().Biases));
        }
    }

    [Theory]
    [InlineData("learned")]
    [InlineData("learned, in blocks")]
    [InlineData("learned, by a small budget")]
    public void Counts_agree_where_edges_are_learned(string name)
    {
        using Exported exported = Exported.Of(name);
        long weights = exported.Model.Plan.ExpandedWeights;
        Assert.Equal((weights, weights, weights), (exported.Model.WeightCount, exported.Report.Weights, NonZeros(exported.Model)));
    }

    [Fact]
    public void A_kept_weight_of_zero_is_still_a_weight()
    {
        using var model = new PlannedModel(Expansions.Plan("share"), seed: 5);
        model.Expand();
        var hidden = (Linear)model.Layers[0];
        hidden.Weight.Value.Write(new double[hidden.Weight.Value.Length]);
        using Exported exported = Exported.Of(model);
        Assert.Equal(model.Plan.ExpandedWeights, exported.Report.Weights);
    }

    [Fact]
    public void A_file_with_a_weight_too_few_or_too_many_is_not_written()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 5);
        model.Expand();
        foreach ((int difference, Func<float, bool> isVictim) in new (int, Func<float, bool>)[] { (-1, value => value != 0), (1, value => value == 0) })
        {
            WrittenLayer[] layers = [.. model.Layers.Cast<Linear>().Select(layer => Write(layer, isVictim))];
            var error = Assert.Throws<WeightCountException>(() => WeightCheck.Require(model, layers));
            int edges = ((Linear)model.Layers[0]).Edges.EdgeCount;
            Assert.Equal((edges, edges + difference), (error.Declared, error.Counted));
            Assert.StartsWith($"TestNet.Hidden: {edges + difference} weights in the ONNX file, but the compiler proved {edges};", error.Message, StringComparison.Ordinal);
        }

        static WrittenLayer Write(Linear layer, Func<float, bool> isVictim)
        {
            float[] values = layer.ToDense();
            int victim = Array.FindIndex(values, value => isVictim(value));
            values[victim] = values[victim] == 0 ? 1 : 0;
            return new WrittenLayer(new EdgeValues(new GraphBuilder("TestNet"), layer, norm: null), OnnxForm.DenseWithZeros, [Constant.Of("hidden.weight", values, values.Length)]);
        }
    }

    [Fact]
    public void Weights_that_no_file_can_hold_are_refused_before_they_are_allocated()
    {
        var graph = new GraphBuilder("TestNet");
        graph.RequireRoom("Hidden", int.MaxValue - (1 << 20));
        var error = Assert.Throws<OnnxExportException>(() => graph.RequireRoom("Hidden", int.MaxValue));
        Assert.StartsWith("TestNet.Hidden: 2147483647 bytes of weights after 0 of the layers below are more than the 2146435071 that fit an ONNX file;", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);

    private static void Train(PlannedModel model)
    {
        const int Samples = 32;
        int features = model.Plan.InputCount;
        float[] values = [.. Enumerable.Range(0, Samples * features).Select(i => MathF.Sin(i * i))];
        Dataset data = Dataset.OfClasses("sines", features, values, [.. Enumerable.Range(0, Samples).Select(s => s % 3)], model.Plan.OutputCount);
        var options = new TrainingOptions
        {
            Epochs = Steps / StepsPerEpoch,
            BatchSize = Samples / StepsPerEpoch,
            ExpandAfter = null,
            Optimizer = new AdamW(0.01),
        };
        new Trainer(options).Fit(model, data);
    }

    /// <summary>Weights counted from their values: training leaves none at exactly 0.</summary>
    private static long NonZeros(Model model) => model.Layers.Sum(layer => layer switch
    {
        Linear linear => linear.ToDense().LongCount(value => value != 0),
        Convolution convolution => convolution.ReadWeights().LongCount(value => value != 0),
        _ => 0,
    });
}

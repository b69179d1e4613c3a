using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Onnx.Schema;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Onnx.Tests.Support;

/// <summary>A model, and the ONNX file that was made of it.</summary>
internal sealed class Exported : IDisposable
{
    private static readonly Dictionary<string, ModelPlan> MorePlans = new()
    {
        ["wide share"] = Plans.OneHidden(40, 48, 10, new ExpansionPlan(4, Share: 8)),
        ["wide share, dealt to groups"] = Plans.Chain(
            24, countBiases: false,
            new LinearPlan("First", 24, 32, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 8, Outgoing: Outgoing.Deal) },
            new LinearPlan("Second", 32, 16, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Share: 4) },
            new LinearPlan("Logits", 16, 5)),
        ["share that divides nothing"] = Plans.OneHidden(79, 10, 5, new ExpansionPlan(3, Share: 4)),
        ["one layer"] = Plans.Chain(7, countBiases: false, new LinearPlan("Logits", 7, 5)),
        ["dropout"] = new ModelPlan(
            "TestNet", 8,
            [
                new DropoutPlan("Noise", 8, 0.3),
                new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
                new DropoutPlan("HiddenNoise", 6, 0.5),
                new LinearPlan("Logits", 6, 3),
                new DropoutPlan("LogitsNoise", 3, 0.5),
            ]),
        ["image"] = new ModelPlan(
            "TestNet", 2 * 9 * 8,
            [
                new Conv2dPlan("Filters", new ImageShape(2, 9, 8), 4, 3, 2, 1, ActivationFunction.Relu),
                new MaxPool2dPlan("Pool", new ImageShape(4, 5, 4), 2, 2),
                new FlattenPlan("Vector", new ImageShape(4, 2, 2)),
                new LinearPlan("Hidden", 16, 12, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(4, Share: 4) },
                new LinearPlan("Logits", 12, 3),
            ]),
        ["image to image"] = new ModelPlan(
            "TestNet", 3 * 5 * 5,
            [
                new DropoutPlan("Noise", 3 * 5 * 5, 0.2),
                new MaxPool2dPlan("Pool", new ImageShape(3, 5, 5), 3, 1),
                new Conv2dPlan("Filters", new ImageShape(3, 3, 3), 2, 2, Activation: ActivationFunction.Sigmoid),
            ]),
        ["vector to image"] = new ModelPlan(
            "TestNet", 6,
            [
                new LinearPlan("First", 6, 16),
                new Conv2dPlan("Filters", new ImageShape(1, 4, 4), 2, 3, 1, 2, ActivationFunction.Tanh),
                new LinearPlan("Logits", 2 * 6 * 6, 3),
            ]),
        ["learned"] = Plans.OneHidden(40, 6, 5, new ExpansionPlan(8, Split.Learned)),
        ["learned, in blocks"] = Plans.OneHidden(40, 8, 5, new ExpansionPlan(6, Split.Learned, Share: 4)),
        ["learned, by a small budget"] = new ModelPlan(
            "TestNet", 40, [new LinearPlan("Hidden", 40, 24, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Split.Learned, Share: 8) }, new LinearPlan("Logits", 24, 5)], budget: 147),
        ["blocks"] = Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Blocks.0.Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
            new BatchNormPlan("Blocks.0.Norm", 6),
            new LinearPlan("Blocks.1.Hidden", 6, 6),
            new BatchNormPlan("Blocks.1.Norm", 6),
            new LinearPlan("Logits", 6, 3)),
        ["dropout alone"] = new ModelPlan("TestNet", 4, [new DropoutPlan("Noise", 4, 0.3)]),
    };

    private Exported(PlannedModel model, OnnxExportOptions? options)
    {
        Model = model;
        using var stream = new MemoryStream();
        Report = model.ExportOnnx(stream, options);
        Bytes = stream.ToArray();
        File = ModelProto.Parser.ParseFrom(Bytes);
    }

    /// <summary>Names of all models: every strategy, every activation function, and a few larger ones.</summary>
    public static TheoryData<string> Names =>
        [.. (IEnumerable<string>)Expansions.Names, .. (IEnumerable<string>)TokenModels.Names, .. Enum.GetNames<ActivationFunction>(), .. MorePlans.Keys];

    /// <summary>A sample, a few, and so many that their inputs are gathered in the other way.</summary>
    public static IReadOnlyList<int> Batches { get; } = [1, 7, 19];

    public PlannedModel Model { get; }

    public OnnxExport Report { get; }

    public byte[] Bytes { get; }

    public ModelProto File { get; }

    /// <summary>A model by name, expanded where it can be, and exported.</summary>
    public static Exported Of(string name, OnnxExportOptions? options = null)
    {
        var model = new PlannedModel(PlanOf(name), seed: 3);
        if (model.Plan.LearnsEdges)
            Learn(model);
        else if (model.Plan.IsExpanded)
            model.Expand();
        foreach (BatchNorm norm in model.Layers.OfType<BatchNorm>())
            Unsettle(norm);
        return Of(model, options);
    }

    /// <summary>A dense parent by name.</summary>
    public static PlannedModel Parent(string name)
    {
        var model = new PlannedModel(PlanOf(name), seed: 3);
        foreach (BatchNorm norm in model.Layers.OfType<BatchNorm>())
            Unsettle(norm);
        return model;
    }

    /// <summary>Trains a model for a few steps, in which it gets its final edges.</summary>
    private static void Learn(PlannedModel model)
    {
        const int Samples = 32;
        float[] values = [.. Enumerable.Range(0, Samples * model.Plan.InputCount).Select(i => MathF.Sin(i * i))];
        Dataset data = Dataset.OfClasses("sines", model.Plan.InputCount, values, [.. Enumerable.Range(0, Samples).Select(s => s % 3)], model.Plan.OutputCount);
        new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 8, Optimizer = new Adam(0.01) }).Fit(model, data);
    }

    /// <summary>Statistics and scales other than the first ones, with which a normalisation would do nothing.</summary>
    public static void Unsettle(BatchNorm norm)
    {
        Write(norm.RunningMean, unit => Math.Sin(unit));
        Write(norm.RunningVariance, unit => 1.5 + Math.Cos(unit));
        Write(norm.Scale, unit => 0.5 + (unit % 3));
        Write(norm.Shift, unit => Math.Cos(2 * unit));

        static void Write(Parameter parameter, Func<int, double> value) => parameter.Value.Write([.. Enumerable.Range(0, parameter.Count).Select(value)]);
    }

    /// <summary>A model as it is, exported.</summary>
    public static Exported Of(PlannedModel model, OnnxExportOptions? options = null) => new(model, options);

    /// <summary>Samples that drive activation functions into saturation here and there.</summary>
    public float[] Samples(int count) => Samples(Model.Plan, count);

    /// <inheritdoc cref="Samples(int)"/>
    public static float[] Samples(ModelPlan plan, int count)
    {
        IEnumerable<float> sines = Enumerable.Range(0, count * plan.InputCount).Select(i => MathF.Sin(i * i));
        bool hasTokens = plan.TableWeights > 0;
        return TokenModels.SamplesOf(plan, hasTokens ? sines : sines.Select(value => 8 * value));
    }

    public string Metadata(string key) => Assert.Single(File.MetadataProps, entry => entry.Key == key).Value;

    public void Dispose() => Model.Dispose();

    /// <summary>The plan of a model by name.</summary>
    public static ModelPlan PlanOf(string name)
    {
        if (Enum.TryParse(name, out ActivationFunction activation))
            return Plans.OneHidden(8, 8, 3, new ExpansionPlan(2, Share: 4), activation);
        if (MorePlans.TryGetValue(name, out ModelPlan? plan))
            return plan;
        return ((IEnumerable<string>)TokenModels.Names).Contains(name) ? TokenModels.Plan(name) : Expansions.Plan(name);
    }
}

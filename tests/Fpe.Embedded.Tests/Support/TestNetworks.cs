using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Embedded.Tests.Support;

/// <summary>Small trained networks that together use every code of edges, every activation, odd sizes, and every meaning of numbers.</summary>
internal static class TestNetworks
{
    /// <summary>The samples that each network is computed for.</summary>
    public const int Samples = 33;

    private static readonly Dictionary<string, Func<PlannedModel>> ByName = new()
    {
        ["one layer"] = () => Model(Plans.Chain(7, countBiases: false, new LinearPlan("Logits", 7, 5))),
        ["one value"] = () => Model(Plans.Chain(1, countBiases: false, new LinearPlan("Value", 1, 1))),
        ["wide"] = () => Model(Plans.OneHidden(257, 19, 3, ExpansionPlan.None)),
        ["wide share"] = () => Model(Plans.OneHidden(40, 48, 10, new ExpansionPlan(4, Share: 8))),
        ["wide share, dealt to groups"] = () => Model(Plans.Chain(
            24, countBiases: false,
            new LinearPlan("First", 24, 32, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 8, Outgoing: Outgoing.Deal) },
            new LinearPlan("Second", 32, 16, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Share: 4) },
            new LinearPlan("Logits", 16, 5))),
        ["share of all, dealt to one group"] = () => Model(Plans.Chain(
            24, countBiases: false,
            new LinearPlan("First", 24, 32, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 8, Outgoing: Outgoing.Deal) },
            new LinearPlan("Second", 32, 16, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Share: 16) },
            new LinearPlan("Logits", 16, 5))),
        ["share of many columns"] = () => Model(Plans.OneHidden(300, 32, 40, new ExpansionPlan(4, Share: 16, Outgoing: Outgoing.Deal))),
        ["share that divides nothing"] = () => Model(Plans.OneHidden(79, 10, 5, new ExpansionPlan(3, Share: 4))),
        ["share of three"] = () => Model(Plans.OneHidden(31, 9, 20, new ExpansionPlan(5, Share: 3, Outgoing: Outgoing.Deal))),
        ["many children"] = () => Model(Plans.OneHidden(60, 3, 20, new ExpansionPlan(17, Outgoing: Outgoing.Deal))),
        ["learned"] = () => Learned(Plans.OneHidden(40, 6, 5, new ExpansionPlan(8, Split.Learned))),
        ["learned, in blocks"] = () => Learned(Plans.OneHidden(40, 8, 5, new ExpansionPlan(6, Split.Learned, Share: 4))),
        ["learned, few of many"] = () => Learned(new ModelPlan(
            "TestNet", 700, [new LinearPlan("Hidden", 700, 24, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Split.Learned) }, new LinearPlan("Logits", 24, 5)], budget: 400)),
        ["learned, very few of many"] = () => Learned(new ModelPlan(
            "TestNet", 20_000, [new LinearPlan("Hidden", 20_000, 20, ActivationFunction.Relu) { Expansion = new ExpansionPlan(1, Split.Learned) }, new LinearPlan("Logits", 20, 5)], budget: 70)),
        ["blocks"] = () => Model(Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Blocks.0.Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
            new DropoutPlan("Blocks.0.Noise", 6, 0.5),
            new FlattenPlan("Blocks.1.Flat", new ImageShape(6, 1, 1)),
            new LinearPlan("Blocks.1.Hidden", 6, 6, ActivationFunction.HardSwish),
            new LinearPlan("Logits", 6, 3))),
        ["activations by themselves"] = () => Model(Plans.Chain(
            8, countBiases: false,
            new ActivationPlan("Before", 8, ElementFunction.LeakyRelu(0.5)),
            new LinearPlan("Hidden", 8, 9),
            new ActivationPlan("Between", 9, ActivationFunction.Silu),
            new ActivationPlan("Again", 9, ActivationFunction.LeakyRelu),
            new LinearPlan("Logits", 9, 3))),
        ["folded norm"] = () => Normed(Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Hidden", 8, 7) { Expansion = new ExpansionPlan(2) },
            new DropoutPlan("Noise", 7, 0.5),
            new BatchNormPlan("Folded", 7),
            new ActivationPlan("Act", 7, ActivationFunction.Tanh),
            new LinearPlan("Logits", 7, 3))),
        ["dense parent"] = () => new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(3)), seed: 2),
        ["standardised by value"] = () => Meant(Standardization.PerFeature(Data(constant: 3)), ModelTask.Classification),
        ["standardised in channels"] = () => Meant(Standardization.PerChannel(Data(constant: -1), 2), ModelTask.Classification),
        ["standardised as one"] = () => Meant(Standardization.OverAll(Data(constant: -1)), ModelTask.Classification),
        ["standardised in part"] = () => Meant(Standardization.PerFeature(Data(constant: -1), feature => feature % 2 == 0), ModelTask.MultiLabel),
        ["binary"] = () => Meant(features: null, ModelTask.BinaryClassification),
        ["regression"] = Regression,
    };

    /// <summary>Networks whose layers only floating-point numbers have.</summary>
    private static readonly Dictionary<string, Func<PlannedModel>> OnlyNumbers = new()
    {
        ["batch norms"] = BatchNorms,
        ["norm after flatten"] = NormAfterFlatten,
        ["standardised, constant"] = () => Meant(Standardization.OverAll(Dataset.OfClasses("constant", 8, [.. Enumerable.Repeat(0.75f, 8 * Samples)], new int[Samples], 3)), ModelTask.Classification),
        ["last activation"] = () => Model(Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 3), new DropoutPlan("Noise", 3, 0.5), new ActivationPlan("Last", 3, ActivationFunction.Tanh))),
    };

    private static readonly string[] OfTheRuntime =
    [
        "dense", "random", "share", "uneven share", "clause", "feature", "deal", "random, biases counted", "tied biases", "tied biases, counted",
        "drop connect", "deep", "deep, dealt", "deep, mixed and shared", "chain of blocks",
    ];

    /// <summary>Networks that can be quantised.</summary>
    public static IReadOnlyList<string> InBytes { get; } =
        [.. ByName.Keys, .. OfTheRuntime, .. Enum.GetNames<ActivationFunction>(), .. Enum.GetNames<ActivationFunction>().Select(name => $"last {name}")];

    /// <summary>All networks.</summary>
    public static IReadOnlyList<string> InNumbers { get; } = [.. InBytes, .. OnlyNumbers.Keys];

    /// <summary>A network by name.</summary>
    public static PlannedModel Of(string name)
    {
        if (ByName.TryGetValue(name, out Func<PlannedModel>? create) || OnlyNumbers.TryGetValue(name, out create))
            return create();
        if (Enum.TryParse(name, out ActivationFunction activation))
            return Model(Plans.OneHidden(8, 8, 3, new ExpansionPlan(2, Share: 4), activation));
        return name.StartsWith("last ", StringComparison.Ordinal)
            ? Model(Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 5, ActivationFunction.Relu), new LinearPlan("Last", 5, 3, Enum.Parse<ActivationFunction>(name[5..]))))
            : Model(Expansions.Plan(name));
    }

    /// <summary>Samples of both signs, as they were measured.</summary>
    public static float[] SamplesOf(ModelPlan plan)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Samples * plan.InputCount).Select(_ => (float)((4 * random.NextDouble()) - 2))];
    }

    private static PlannedModel Model(ModelPlan plan)
    {
        var model = new PlannedModel(plan, seed: 1);
        if (plan.IsExpanded)
            model.Expand();
        return model;
    }

    /// <summary>Trains a model for a few steps, in which it gets its final edges.</summary>
    private static PlannedModel Learned(ModelPlan plan)
    {
        var model = new PlannedModel(plan, seed: 1);
        Dataset data = Dataset.OfClasses("noise", plan.InputCount, SamplesOf(plan), [.. Enumerable.Range(0, Samples).Select(s => s % 3)], plan.OutputCount);
        new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 8, Optimizer = new Adam(0.01) }).Fit(model, data);
        return model;
    }

    private static Dataset Data(int constant)
    {
        ModelPlan plan = Expansions.Plan("random");
        float[] samples = SamplesOf(plan);
        for (int i = constant; constant >= 0 && i < samples.Length; i += plan.InputCount)
            samples[i] = 0.75f;
        return Dataset.OfClasses("noise", plan.InputCount, samples, new int[Samples], plan.OutputCount);
    }

    private static PlannedModel Meant(Standardization? features, ModelTask task)
    {
        bool isBinary = task == ModelTask.BinaryClassification;
        PlannedModel model = Model(isBinary ? Plans.OneHidden(8, 6, 1, new ExpansionPlan(2)) : Expansions.Plan("random"));
        model.Meaning = new ModelMeaning { Task = task, Features = features, ClassNames = isBinary ? ["no", "yes"] : ["a\"b\\", "ü??/", "c"], Threshold = 0.4 };
        return model;
    }

    private static PlannedModel Regression()
    {
        PlannedModel model = Model(Plans.OneHidden(8, 6, 2, new ExpansionPlan(2)));
        float[] targets = [.. Enumerable.Range(0, 2 * Samples).Select(i => (10 * MathF.Sin(i)) + 100)];
        Dataset data = Dataset.OfTargets("noise", 8, SamplesOf(model.Plan), 2, targets);
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression, Targets = Standardization.OfTargets(data), Features = Standardization.PerFeature(data) };
        return model;
    }

    /// <summary>A normalisation that floating point folds into the layer before the flattening, and quantisation does not.</summary>
    public static PlannedModel NormAfterFlatten() => Normed(Plans.Chain(
        8, countBiases: false,
        new LinearPlan("Hidden", 8, 6),
        new FlattenPlan("Flat", new ImageShape(6, 1, 1)),
        new BatchNormPlan("Norm", 6),
        new LinearPlan("Logits", 6, 3)));

    private static PlannedModel BatchNorms() => Normed(Plans.Chain(
        8, countBiases: false,
        new BatchNormPlan("First", 8),
        new LinearPlan("Hidden", 8, 7) { Expansion = new ExpansionPlan(2) },
        new DropoutPlan("Noise", 7, 0.5),
        new BatchNormPlan("Folded", 7),
        new ActivationPlan("Act", 7, ActivationFunction.Relu),
        new BatchNormPlan("After", 7),
        new LinearPlan("Logits", 7, 3)));

    /// <summary>Gives the normalisations of a model numbers as training does.</summary>
    private static PlannedModel Normed(ModelPlan plan)
    {
        PlannedModel model = Model(plan);
        foreach (BatchNorm norm in model.Layers.OfType<BatchNorm>())
        {
            Write(norm.RunningMean, unit => Math.Sin(unit));
            Write(norm.RunningVariance, unit => 1.5 + Math.Cos(unit));
            Write(norm.Scale, unit => 0.5 + (unit % 3));
            Write(norm.Shift, unit => Math.Cos(2 * unit));
        }

        return model;

        static void Write(Parameter parameter, Func<int, double> value) => parameter.Value.Write([.. Enumerable.Range(0, parameter.Count).Select(value)]);
    }
}

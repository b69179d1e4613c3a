using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Models that learn their edges, and ways in which they do.</summary>
internal static class LearnedRuns
{
    private static readonly Dictionary<string, ModelPlan> Plans = new()
    {
        ["single"] = OneHidden(new ExpansionPlan(4, Split.Learned)),
        ["share"] = OneHidden(new ExpansionPlan(4, Split.Learned, Share: 2)),
        ["uneven share"] = OneHidden(new ExpansionPlan(3, Split.Learned, Share: 4)),
        ["one child, small budget"] = OneHidden(new ExpansionPlan(1, Split.Learned), budget: 31),
        ["share, odd budget"] = OneHidden(new ExpansionPlan(2, Split.Learned, Share: 3), budget: 47),
        ["biases counted"] = OneHidden(new ExpansionPlan(2, Split.Learned), countBiases: true),
        ["tied biases"] = OneHidden(new ExpansionPlan(3, Split.Learned) { TiesBiases = true }),
        ["no hidden layer"] = new ModelPlan("TestNet", 8, [new LinearPlan("Logits", 8, 3) { Expansion = new ExpansionPlan(1, Split.Learned) }], budget: 10),
        ["deep"] = new ModelPlan("TestNet", 8,
        [
            new LinearPlan("First", 8, 6, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2, Split.Learned) },
            new DropoutPlan("Drop", 6, 0.2),
            new LinearPlan("Second", 6, 4, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(3, Split.Learned, Share: 2) },
            new LinearPlan("Logits", 4, 3),
        ]),
        ["on a convolution"] = new ModelPlan("TestNet", 8,
        [
            new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 3, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh),
            new FlattenPlan("Features", new ImageShape(3, 3, 3)),
            new LinearPlan("Hidden", 27, 5, ActivationFunction.Relu) { Expansion = new ExpansionPlan(3, Split.Learned) },
            new LinearPlan("Logits", 5, 3),
        ]),
        ["convolutions"] = new ModelPlan("TestNet", 8,
        [
            new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Split.Learned, Share: 2) },
            new Conv2dPlan("Shapes", new ImageShape(4, 3, 3), Filters: 3, Kernel: 3, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(3, Split.Learned) },
            new FlattenPlan("Features", new ImageShape(3, 1, 1)),
            new LinearPlan("Logits", 3, 3),
        ]),
        ["groups"] = new ModelPlan("TestNet", 8,
        [
            new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Split.Learned) },
            new Conv2dPlan("Shapes", new ImageShape(4, 3, 3), Filters: 6, Window2d.Square(3), Groups: 2, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Split.Learned, Share: 2) },
            new Conv2dPlan("Joined", new ImageShape(6, 1, 1), Filters: 4, Window2d.Square(1), Groups: 2),
            new FlattenPlan("Features", new ImageShape(4, 1, 1)),
            new LinearPlan("Logits", 4, 3),
        ]),
        ["places"] = new ModelPlan("TestNet", 8,
        [
            new Conv1dPlan("Pairs", Units: 2, Places: 4, Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Split.Learned) },
            new Conv1dPlan("Groups", Units: 4, Places: 4, Filters: 4, Kernel: 2, Groups: 2, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(3, Split.Learned) },
            new MeanPoolPlan("Mean", Units: 4, Places: 3),
            new LinearPlan("Logits", 4, 3),
        ]),
        ["skip"] = new ModelPlan(
            "TestNet", 8,
            [
                new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Split.Learned) },
                new LinearPlan("Classes", 6, 3),
                new LinearPlan("Direct", 8, 3) { From = [ModelPlan.Sample] },
                new AddPlan("Logits", 3) { From = ["Classes", "Direct"] },
            ]),
        ["residual"] = new ModelPlan(
            "TestNet", 8,
            [
                new LinearPlan("Stem", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Split.Learned, Share: 2) },
                new LayerNormPlan("Norm", 6),
                new LinearPlan("Hidden", 6, 6, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2, Split.Learned, Share: 2) },
                new AddPlan("Sum", 6) { From = ["Stem", "Hidden"] },
                new LinearPlan("Logits", 6, 3),
            ]),
        ["pattern"] = OneHidden(new ExpansionPlan(2, Split.Learned) { Within = 4 }),
    };

    private static readonly Dictionary<string, EdgeLearning> Ways = new()
    {
        ["pruning"] = new GradualPruning(),
        ["pruning, from a split"] = new GradualPruning { Start = EdgeStart.Split, Begin = 0, End = 1, EverySteps = 3 },
        ["pruning, by layer"] = new GradualPruning { Scope = PruningScope.Layer, EverySteps = 2 },
        ["exchange"] = new EdgeExchange(),
        ["exchange, from a split"] = new EdgeExchange { Start = EdgeStart.Split, EverySteps = 2 },
        ["exchange, at random"] = new EdgeExchange { Growth = EdgeGrowth.Random, End = 1, EverySteps = 3 },
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string plan in Plans.Keys)
            {
                foreach (string way in Ways.Keys.Where(way => Fits(plan, way)))
                    all.Add(plan, way);
            }

            return all;
        }
    }

    public static IReadOnlyList<string> PlanNames { get; } = [.. Plans.Keys];

    public static IReadOnlyList<string> WayNames { get; } = [.. Ways.Keys];

    public static Dataset Train { get; } = TrainingData.Directions(50, 8, 3, seed: 1);

    public static Dataset Test { get; } = TrainingData.Directions(30, 8, 3, seed: 2);

    public static ModelPlan Plan(string name) => Plans[name];

    public static EdgeLearning Way(string name) => Ways[name];

    /// <summary>An exchange keeps no pattern.</summary>
    public static bool Fits(string plan, string way) => plan != "pattern" || Ways[way] is GradualPruning;

    public static TrainingOptions Options(string way) => new()
    {
        Epochs = 5,
        BatchSize = 8,
        EdgeLearning = Ways[way],
        ExpandAfter = Ways[way].Start == EdgeStart.Split ? 1 : 0,
        Optimizer = new AdamW(0.02) { WeightDecay = 0.01 },
        MaximumGradientNorm = 1,
    };

    private static ModelPlan OneHidden(ExpansionPlan expansion, bool countBiases = false, long? budget = null) => new(
        "TestNet", 8,
        [new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = expansion }, new LinearPlan("Logits", 6, 3)],
        countBiases, budget);
}

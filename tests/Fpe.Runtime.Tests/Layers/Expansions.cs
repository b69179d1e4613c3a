using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Plans that together use every strategy, policy and accounting.</summary>
public static class Expansions
{
    private static readonly Dictionary<string, ModelPlan> ByName = new()
    {
        ["dense"] = Plans.OneHidden(8, 6, 3, ExpansionPlan.None),
        ["random"] = Plans.OneHidden(8, 6, 3, new ExpansionPlan(3)),
        ["share"] = Plans.OneHidden(8, 8, 3, new ExpansionPlan(2, Share: 4)),
        ["uneven share"] = Plans.OneHidden(8, 7, 3, new ExpansionPlan(3, Share: 3)),
        ["clause"] = Plans.OneHidden(8, 5, 3, new ExpansionPlan(2, Split.Clause) { Clauses = [[0, 1], [2, 3], [4, 5, 6]] }),
        ["feature"] = Plans.OneHidden(8, 6, 3, new ExpansionPlan(2, Split.Feature)),
        ["deal"] = Plans.OneHidden(8, 6, 5, new ExpansionPlan(3, Outgoing: Outgoing.Deal)),
        ["random, biases counted"] = Plans.OneHidden(8, 6, 3, new ExpansionPlan(3), countBiases: true),
        ["deal, biases counted"] = Plans.OneHidden(8, 6, 5, new ExpansionPlan(2, Outgoing: Outgoing.Deal), countBiases: true),
        ["tied biases"] = Plans.OneHidden(8, 6, 3, new ExpansionPlan(3) { TiesBiases = true }),
        ["tied biases, counted"] = Plans.OneHidden(8, 6, 3, new ExpansionPlan(2, Share: 2) { TiesBiases = true }, countBiases: true),
        ["drop connect"] = Plans.Chain(
            8, countBiases: false,
            new LinearPlan("First", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2), DropConnect = 0.3 },
            new LinearPlan("Second", 6, 8, ActivationFunction.Gelu) { DropConnect = 0.5 },
            new LinearPlan("Logits", 8, 4)),
        ["deep"] = Deep(Outgoing.Prune, Outgoing.Prune, share: 1),
        ["deep, dealt"] = Deep(Outgoing.Deal, Outgoing.Deal, share: 1),
        ["deep, mixed and shared"] = Deep(Outgoing.Deal, Outgoing.Prune, share: 2),
        ["on a convolution"] = OnConvolution(ActivationFunction.Tanh, new ExpansionPlan(3), countBiases: false),
        ["on a convolution, dealt, biases counted"] =
            OnConvolution(ActivationFunction.Gelu, new ExpansionPlan(3, Outgoing: Outgoing.Deal), countBiases: true),
        ["convolution under a dense layer"] = OnConvolution(ActivationFunction.Relu, ExpansionPlan.None, countBiases: false),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static ModelPlan Plan(string name) => ByName[name];

    /// <summary>The 8 features as an image of 2 channels.</summary>
    private static ModelPlan OnConvolution(ActivationFunction activation, ExpansionPlan expansion, bool countBiases) => new(
        "TestNet", 8,
        [
            new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 3, Kernel: 2, Padding: 1, Activation: activation),
            new Conv2dPlan("Shapes", new ImageShape(3, 3, 3), Filters: 5, Kernel: 3, Stride: 1, Padding: 1, Activation: activation),
            new MaxPool2dPlan("Pool", new ImageShape(5, 3, 3), Kernel: 2, Stride: 1),
            new FlattenPlan("Features", new ImageShape(5, 2, 2)),
            new LinearPlan("Hidden", 20, 6, ActivationFunction.Tanh) { Expansion = expansion },
            new LinearPlan("Logits", 6, 3),
        ],
        countBiases);

    private static ModelPlan Deep(Outgoing first, Outgoing second, int share) => Plans.Chain(
        8, countBiases: false,
        new LinearPlan("First", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Share: share, Outgoing: first) },
        new LinearPlan("Second", 6, 8, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(3, Share: share, Outgoing: second) },
        new LinearPlan("Logits", 8, 4));
}

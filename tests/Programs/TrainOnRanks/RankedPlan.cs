using Fpe;
using Fpe.Compute;
using Fpe.Expansion;

namespace TrainOnRanks;

/// <summary>The networks that are trained, by their kind.</summary>
internal static class RankedPlan
{
    /// <summary>Values of a sample, or places for tokens.</summary>
    public const int Inputs = 64;

    public const int Classes = 10;

    /// <summary>The number of different tokens. The larger table has as many values as weights that are sent alone.</summary>
    public const int Vocabulary = 600;

    /// <summary>Returns the network of a kind.</summary>
    public static ModelPlan Of(string kind) => new("RankedNet", Inputs, kind switch
    {
        "dense" => Image(ExpansionPlan.None, ExpansionPlan.None),
        "split" => Image(new ExpansionPlan(4, Split.Random, Share: 8), new ExpansionPlan(2, Split.Random)),
        "pruning" or "exchange" => Image(new ExpansionPlan(4, Split.Learned, Share: 8), new ExpansionPlan(2, Split.Learned)),
        "norms" => Norms(),
        "tokens" => Tokens(),
        _ => throw new ArgumentException($"There is no kind {kind}.", nameof(kind)),
    });

    private static LayerPlan[] Image(ExpansionPlan hidden, ExpansionPlan second) =>
    [
        new Conv2dPlan("Edges", new ImageShape(1, 8, 8), Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Tanh),
        new MaxPool2dPlan("Pool", new ImageShape(4, 8, 8), Kernel: 2, Stride: 2),
        new FlattenPlan("Features", new ImageShape(4, 4, 4)),
        new LinearPlan("Hidden", Inputs, 320, ActivationFunction.Gelu) { Expansion = hidden },
        new DropoutPlan("Drop", 320, 0.1),
        new LinearPlan("Second", 320, 64, ActivationFunction.Relu) { Expansion = second },
        new LinearPlan("Logits", 64, Classes),
    ];

    /// <summary>One norm has a value for each pixel of a channel, and the other, which is expanded, one for each sample.</summary>
    private static LayerPlan[] Norms() =>
    [
        new Conv2dPlan("Edges", new ImageShape(1, 8, 8), Filters: 4, Kernel: 3, Padding: 1),
        new BatchNormPlan("Channels", 4, Places: 64),
        new MaxPool2dPlan("Pool", new ImageShape(4, 8, 8), Kernel: 2, Stride: 2),
        new FlattenPlan("Features", new ImageShape(4, 4, 4)),
        new LinearPlan("Hidden", Inputs, 320) { Expansion = new ExpansionPlan(4, Split.Random, Share: 8) },
        new BatchNormPlan("Norm", 320),
        new ActivationPlan("Rectified", 320, ActivationFunction.Relu),
        new LinearPlan("Logits", 320, Classes),
    ];

    /// <summary>Two tables, one of which is long.</summary>
    private static LayerPlan[] Tokens() =>
    [
        new EmbeddingPlan("Words", Places: Inputs, Vocabulary, Dimension: 32, HasPositions: true),
        new MeanPoolPlan("Mean", Units: 32, Places: Inputs, ReadsTokens: true) { From = ["Words", ModelPlan.Sample] },
        new EmbeddingBagPlan("Bag", Places: Inputs, Vocabulary, Dimension: 8, BagMode.Sum) { From = [ModelPlan.Sample] },
        new ConcatPlan("Both", [32, 8]) { From = ["Mean", "Bag"] },
        new LinearPlan("Hidden", 40, 64, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2, Split.Random) },
        new DropoutPlan("Drop", 64, 0.1),
        new LinearPlan("Logits", 64, Classes),
    ];
}

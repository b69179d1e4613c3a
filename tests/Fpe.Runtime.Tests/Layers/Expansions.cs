using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Controls;

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
            new DropConnectPlan("First", 8, 6, 0.3, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new DropConnectPlan("Second", 6, 8, 0.5, ActivationFunction.Gelu),
            new LinearPlan("Logits", 8, 4)),
        ["deep"] = Deep(Outgoing.Prune, Outgoing.Prune, share: 1),
        ["deep, dealt"] = Deep(Outgoing.Deal, Outgoing.Deal, share: 1),
        ["deep, mixed and shared"] = Deep(Outgoing.Deal, Outgoing.Prune, share: 2),
        ["on a convolution"] = OnConvolution(ActivationFunction.Tanh, new ExpansionPlan(3), countBiases: false),
        ["on a convolution, dealt, biases counted"] =
            OnConvolution(ActivationFunction.Gelu, new ExpansionPlan(3, Outgoing: Outgoing.Deal), countBiases: true),
        ["residual"] = Residual(new ExpansionPlan(2, Share: 2), countBiases: false),
        ["residual, dealt, biases counted"] = Residual(new ExpansionPlan(2, Outgoing: Outgoing.Deal), countBiases: true),
        ["blocks"] = Blocks(new ExpansionPlan(2, Share: 2)),
        ["chain of blocks"] = Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Blocks.0.Hidden", 8, 8, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new LinearPlan("Blocks.1.Hidden", 8, 8, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new LinearPlan("Logits", 8, 4)),
        ["skip"] = Skip(new ExpansionPlan(3)),
        ["concatenation"] = Concatenation(new ExpansionPlan(3), new ExpansionPlan(2, Share: 2)),
        ["concatenation, dealt"] = Concatenation(new ExpansionPlan(3, Outgoing: Outgoing.Deal), new ExpansionPlan(2, Outgoing: Outgoing.Deal)),
        ["image read twice"] = ImageReadTwice(),
        ["convolutions"] = Convolutions(new ExpansionPlan(2), new ExpansionPlan(3), countBiases: false),
        ["convolutions, shared, biases counted"] = Convolutions(new ExpansionPlan(2, Share: 2), new ExpansionPlan(3, Share: 2), countBiases: true),
        ["convolutions, dealt"] =
            Convolutions(new ExpansionPlan(2, Outgoing: Outgoing.Deal), new ExpansionPlan(2, Split.Clause) { Clauses = [[0, 1, 2, 3], [5, 9]] }, countBiases: false),
        ["residual convolutions"] = ResidualConvolutions(),
        ["means of windows"] = MeansOfWindows(ExpansionPlan.None),
        ["means of windows, expanded"] = MeansOfWindows(new ExpansionPlan(2, Share: 2)),
        ["groups and dilation"] = Groups(),
        ["groups, expanded"] = GroupsExpanded(new ExpansionPlan(2), new ExpansionPlan(3), countBiases: false),
        ["groups, shared and dealt"] =
            GroupsExpanded(new ExpansionPlan(2, Share: 2, Outgoing: Outgoing.Deal), new ExpansionPlan(2, Share: 3, Outgoing: Outgoing.Deal), countBiases: false),
        ["groups, biases counted"] = GroupsExpanded(new ExpansionPlan(2, Split.Feature, Share: 2), new ExpansionPlan(2) { Within = 4 }, countBiases: true),
        ["groups, by clauses"] =
            GroupsExpanded(ExpansionPlan.None, new ExpansionPlan(2, Split.Clause, Share: 4) { Clauses = [[0, 1, 2, 3], [4, 9, 15]] }, countBiases: false),
        ["residual groups"] = ResidualGroups(),
        ["general windows, expanded"] = GeneralWindows(new ExpansionPlan(2, Share: 2)),
        ["dropped channels"] = DroppedChannels(ExpansionPlan.None),
        ["dropped channels, expanded"] = DroppedChannels(new ExpansionPlan(2, Share: 2)),
        ["leaky"] = Leaky(),
        ["padded pools"] = PaddedPools(ExpansionPlan.None),
        ["padded pools, expanded"] = PaddedPools(new ExpansionPlan(2, Share: 2)),
        ["batch norms"] = BatchNorms(countBiases: false),
        ["batch norms, biases counted"] = BatchNorms(countBiases: true),
        ["sequence"] = Sequence(new ExpansionPlan(2), countBiases: false),
        ["sequence, shared and dealt"] = Sequence(new ExpansionPlan(2, Share: 2, Outgoing: Outgoing.Deal), countBiases: false),
        ["sequence, biases counted"] = Sequence(new ExpansionPlan(2, Share: 2), countBiases: true),
        ["places"] = Places(ExpansionPlan.None),
        ["places, expanded"] = Places(new ExpansionPlan(2, Share: 2)),
        ["places, dealt"] = Places(new ExpansionPlan(2, Outgoing: Outgoing.Deal)),
        ["places in groups"] = PlacesInGroups(ExpansionPlan.None),
        ["places in groups, expanded"] = PlacesInGroups(new ExpansionPlan(2)),
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

    /// <summary>"Stem" and "Sum" are read by two layers each.</summary>
    private static ModelPlan Residual(ExpansionPlan expansion, bool countBiases) => Plans.Chain(
        8, countBiases,
        new LinearPlan("Stem", 8, 6, ActivationFunction.Tanh) { Expansion = expansion },
        new LayerNormPlan("Norm", 6),
        new LinearPlan("Hidden", 6, 6, ActivationFunction.Gelu) { Expansion = expansion },
        new AddPlan("Sum", 6) { From = ["Stem", "Hidden"] },
        new ActivationPlan("Act", 6, ActivationFunction.Gelu),
        new DropoutPlan("Drop", 6, 0.2),
        new AddPlan("Twice", 6) { From = ["Drop", "Sum", "Sum"] },
        new LinearPlan("Logits", 6, 4));

    /// <summary>As the generator writes two uses of a residual block, and a block in another one.</summary>
    private static ModelPlan Blocks(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new LinearPlan("Stem", 8, 6),
        new LayerNormPlan("Blocks.0.Norm", 6),
        new LinearPlan("Blocks.0.Wide", 6, 8, ActivationFunction.Gelu) { Expansion = expansion },
        new LinearPlan("Blocks.0.Narrow", 8, 6),
        new AddPlan("Blocks.0.Sum", 6) { From = ["Stem", "Blocks.0.Narrow"] },
        new LayerNormPlan("Blocks.1.Norm", 6),
        new LinearPlan("Blocks.1.Wide", 6, 8, ActivationFunction.Gelu) { Expansion = expansion },
        new LinearPlan("Blocks.1.Narrow", 8, 6),
        new AddPlan("Blocks.1.Sum", 6) { From = ["Blocks.0.Sum", "Blocks.1.Narrow"] },
        new LinearPlan("Head.Pair.0.Hidden", 6, 6, ActivationFunction.Tanh) { Expansion = expansion },
        new LinearPlan("Head.Pair.1.Hidden", 6, 6, ActivationFunction.Tanh) { Expansion = expansion },
        new LinearPlan("Head.Logits", 6, 4));

    /// <summary>The sample reaches the classes through the hidden layer, and directly.</summary>
    private static ModelPlan Skip(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = expansion },
        new LinearPlan("Classes", 6, 3),
        new LinearPlan("Direct", 8, 3) { From = [ModelPlan.Sample] },
        new AddPlan("Logits", 3) { From = ["Classes", "Direct"] });

    /// <summary>"Second" reads children of two layers, and values that are not expanded.</summary>
    private static ModelPlan Concatenation(ExpansionPlan first, ExpansionPlan second) => Plans.Chain(
        8, countBiases: false,
        new LinearPlan("One", 8, 6, ActivationFunction.Tanh) { Expansion = first },
        new LinearPlan("Other", 8, 4, ActivationFunction.Sigmoid) { From = [ModelPlan.Sample], Expansion = second },
        new ConcatPlan("All", [6, 8, 4]) { From = ["One", ModelPlan.Sample, "Other"] },
        new LayerNormPlan("Norm", 18),
        new LinearPlan("Second", 18, 6, ActivationFunction.Gelu) { Expansion = first },
        new LinearPlan("FromOne", 6, 5) { From = ["One"] },
        new ConcatPlan("Both", [6, 5]) { From = ["Second", "FromOne"] },
        new LinearPlan("Logits", 11, 4));

    private static ModelPlan ImageReadTwice() => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 3, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh),
        new FlattenPlan("Vector", new ImageShape(3, 3, 3)),
        new Conv2dPlan("Shapes", new ImageShape(3, 3, 3), Filters: 3, Kernel: 3, Padding: 1) { From = ["Edges"] },
        new AddPlan("Sum", 27) { From = ["Shapes", "Vector"] },
        new LinearPlan("Hidden", 27, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(3) },
        new LinearPlan("Logits", 6, 3));

    /// <summary>Filters with children under pooling, a norm, a convolution that has none, and fully connected layers.</summary>
    private static ModelPlan Convolutions(ExpansionPlan first, ExpansionPlan second, bool countBiases) => Plans.Chain(
        8, countBiases,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = first },
        new Conv2dPlan("Shapes", new ImageShape(4, 3, 3), Filters: 6, Kernel: 2, Padding: 1, Activation: ActivationFunction.Gelu) { Expansion = second },
        new BatchNormPlan("Norm", 6, Places: 16),
        new MaxPool2dPlan("Pool", new ImageShape(6, 4, 4), Kernel: 2, Stride: 2),
        new Conv2dPlan("Objects", new ImageShape(6, 2, 2), Filters: 5, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh),
        new FlattenPlan("Features", new ImageShape(5, 3, 3)),
        new LinearPlan("Hidden", 45, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Logits", 6, 3));

    /// <summary>Sums and concatenations of channels with children, flattened into a fully connected layer.</summary>
    private static ModelPlan ResidualConvolutions() => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Stem", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Share: 2) },
        new Conv2dPlan("Branch", new ImageShape(4, 3, 3), Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2, Share: 2) },
        new AddPlan("Sum", 36) { From = ["Branch", "Stem"] },
        new Conv2dPlan("Side", new ImageShape(2, 2, 2), Filters: 2, Kernel: 2, Padding: 1) { From = [ModelPlan.Sample] },
        new ConcatPlan("Both", [36, 18]) { From = ["Sum", "Side"] },
        new FlattenPlan("Features", new ImageShape(6, 3, 3)),
        new GlobalAvgPool2dPlan("Means", new ImageShape(6, 3, 3)) { From = ["Both"] },
        new ConcatPlan("All", [54, 6]) { From = ["Features", "Means"] },
        new LinearPlan("Logits", 60, 3));

    /// <summary>Windows that overlap, and windows that leave a row and a column out, over the same channels.</summary>
    private static ModelPlan MeansOfWindows(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new AvgPool2dPlan("Smooth", new ImageShape(4, 3, 3), Kernel: 2, Stride: 1),
        new Conv2dPlan("Shapes", new ImageShape(4, 2, 2), Filters: 4, Kernel: 2, Activation: ActivationFunction.Gelu) { Expansion = expansion },
        new AvgPool2dPlan("Small", new ImageShape(4, 3, 3), Kernel: 2, Stride: 2) { From = ["Edges"] },
        new AddPlan("Sum", 4) { From = ["Shapes", "Small"] },
        new FlattenPlan("Features", new ImageShape(4, 1, 1)),
        new LinearPlan("Logits", 4, 3));

    /// <summary>The 8 features as 2 units at 4 places.</summary>
    private static ModelPlan Sequence(ExpansionPlan expansion, bool countBiases) => Plans.Chain(
        8, countBiases,
        new LinearPlan("Stem", 2, 6, ActivationFunction.Tanh, Places: 4) { Expansion = expansion },
        new LayerNormPlan("Norm", 24, Places: 4),
        new LinearPlan("Wide", 6, 6, ActivationFunction.Gelu, Places: 4) { Expansion = expansion },
        new AddPlan("Sum", 24) { From = ["Stem", "Wide"] },
        new LinearPlan("Queries", 6, 12, Places: 4),
        new SelfAttentionPlan("Attention", Units: 4, Places: 4, Heads: 2),
        new ConcatPlan("Both", [16, 24]) { From = ["Attention", "Sum"] },
        new MeanPoolPlan("Mean", Units: 10, Places: 4),
        new FlattenPlan("Flat", new ImageShape(10, 1, 4)) { From = ["Both"] },
        new ConcatPlan("All", [10, 40]) { From = ["Mean", "Flat"] },
        new LinearPlan("Hidden", 50, 6, ActivationFunction.Tanh) { Expansion = expansion },
        new LinearPlan("Logits", 6, 3));

    /// <summary>Convolutions in groups and of single channels, below an expanded one.</summary>
    private static ModelPlan Groups() => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Window2d.Square(2, padding: 1), Groups: 2, ActivationFunction.Tanh),
        new DepthwiseConv2dPlan("Shapes", new ImageShape(4, 3, 3), Multiplier: 2, Window2d.Square(2, padding: 2, dilation: 2), ActivationFunction.Gelu),
        new BatchNormPlan("Norm", 8, Places: 25),
        new Conv2dPlan("Joined", new ImageShape(8, 5, 5), Filters: 4, Kernel: 3, Stride: 2, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
        new FlattenPlan("Features", new ImageShape(4, 2, 2)),
        new LinearPlan("Logits", 16, 3));

    /// <summary>Groups of 4 channels that have children and read some, then single channels that read those, and groups that read none.</summary>
    private static ModelPlan GroupsExpanded(ExpansionPlan first, ExpansionPlan second, bool countBiases) => Plans.Chain(
        8, countBiases,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 8, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = first },
        new Conv2dPlan("Shapes", new ImageShape(8, 3, 3), Filters: 8, Window2d.Square(2), Groups: 2, ActivationFunction.Gelu) { Expansion = second },
        new BatchNormPlan("Norm", 8, Places: 4),
        new Conv2dPlan("Joined", new ImageShape(8, 2, 2), Filters: 8, Window2d.Square(2, padding: 1), Groups: 2, ActivationFunction.Tanh),
        new DepthwiseConv2dPlan("Depth", new ImageShape(8, 3, 3), Multiplier: 1, Window2d.Square(2)),
        new FlattenPlan("Features", new ImageShape(8, 2, 2)),
        new LinearPlan("Logits", 32, 3));

    /// <summary>Children of filters in groups and of others are added and joined, and read in other groups.</summary>
    private static ModelPlan ResidualGroups() => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Stem", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Share: 2) },
        new Conv2dPlan("Branch", new ImageShape(4, 3, 3), Filters: 4, Window2d.Square(3, padding: 1), Groups: 2, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2, Share: 2) },
        new AddPlan("Sum", 36) { From = ["Branch", "Stem"] },
        new Conv2dPlan("Side", new ImageShape(2, 2, 2), Filters: 2, Kernel: 2, Padding: 1) { From = [ModelPlan.Sample], Expansion = new ExpansionPlan(2) },
        new ConcatPlan("Both", [36, 18]) { From = ["Sum", "Side"] },
        new DepthwiseConv2dPlan("Depth", new ImageShape(2, 3, 3), Multiplier: 2, Window2d.Square(2)) { From = ["Side"] },
        new Conv2dPlan("Thirds", new ImageShape(6, 3, 3), Filters: 6, Window2d.Square(2), Groups: 3) { From = ["Both"] },
        new FlattenPlan("Features", new ImageShape(6, 2, 2)),
        new FlattenPlan("DepthFeatures", new ImageShape(4, 2, 2)) { From = ["Depth"] },
        new ConcatPlan("All", [24, 16]) { From = ["Features", "DepthFeatures"] },
        new LinearPlan("Logits", 40, 3));

    /// <summary>Windows that differ over rows and columns, with dilation.</summary>
    private static ModelPlan GeneralWindows(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(1, 2, 4), Filters: 4, new Window2d(new WindowSide(1), new WindowSide(3, 1, 2, 2)), Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new Conv2dPlan("Shapes", new ImageShape(4, 2, 4), Filters: 4, new Window2d(new WindowSide(2, 1, 1), new WindowSide(2, 2)), Activation: ActivationFunction.Gelu) { Expansion = expansion },
        new FlattenPlan("Features", new ImageShape(4, 3, 2)),
        new LinearPlan("Logits", 24, 3));

    /// <summary>Convolutions over 2 units at 4 places: one that keeps the places, and one with a stride.</summary>
    private static ModelPlan Places(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv1dPlan("Pairs", Units: 2, Places: 4, Filters: 4, Kernel: 3, Padding: 2, Dilation: 2, Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new Conv1dPlan("Far", Units: 4, Places: 4, Filters: 4, Kernel: 3, Stride: 2, Padding: 1, Activation: ActivationFunction.Gelu) { Expansion = expansion },
        new MeanPoolPlan("Mean", Units: 4, Places: 2),
        new LinearPlan("Logits", 4, 3));

    /// <summary>A convolution in groups under an expanded one, with a norm between them, and one that all places are flattened for.</summary>
    private static ModelPlan PlacesInGroups(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv1dPlan("Groups", Units: 4, Places: 2, Filters: 6, Kernel: 2, Padding: 1, Groups: 2) { Expansion = expansion },
        new BatchNormPlan("Norm", 6, Places: 3, Momentum: 0.5),
        new ActivationPlan("Act", 18, ActivationFunction.Tanh),
        new Conv1dPlan("Joined", Units: 6, Places: 3, Filters: 4, Kernel: 2, Activation: ActivationFunction.Tanh) { Expansion = new ExpansionPlan(3) },
        new FlattenPlan("Flat", new ImageShape(4, 1, 2)),
        new LinearPlan("Logits", 8, 3));

    private static ModelPlan DroppedChannels(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new Dropout2dPlan("Noise", new ImageShape(4, 3, 3), 0.4),
        new FlattenPlan("Features", new ImageShape(4, 3, 3)),
        new LinearPlan("Logits", 36, 3));

    /// <summary>Leaky units of several slopes: in a convolution, in a fully connected layer and by themselves.</summary>
    private static ModelPlan Leaky() => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ElementFunction.LeakyRelu(0.3)) { Expansion = new ExpansionPlan(2) },
        new FlattenPlan("Features", new ImageShape(4, 3, 3)),
        new LinearPlan("Hidden", 36, 6, ActivationFunction.LeakyRelu) { Expansion = new ExpansionPlan(2) },
        new LayerNormPlan("Norm", 6),
        new ActivationPlan("Act", 6, ElementFunction.LeakyRelu(0.1)),
        new LinearPlan("Logits", 6, 3));

    /// <summary>Windows that reach beyond the image.</summary>
    private static ModelPlan PaddedPools(ExpansionPlan expansion) => Plans.Chain(
        8, countBiases: false,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new MaxPool2dPlan("Largest", new ImageShape(4, 3, 3), Kernel: 3, Stride: 2, Padding: 1),
        new AvgPool2dPlan("Means", new ImageShape(4, 2, 2), Kernel: 2, Stride: 1, Padding: 1),
        new FlattenPlan("Features", new ImageShape(4, 3, 3)),
        new LinearPlan("Logits", 36, 3));

    private static ModelPlan BatchNorms(bool countBiases) => Plans.Chain(
        8, countBiases,
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 12, Kernel: 2, Padding: 1),
        new BatchNormPlan("Channels", 12, Places: 9, Momentum: 0.5),
        new ActivationPlan("Act", 108, ActivationFunction.Tanh),
        new FlattenPlan("Features", new ImageShape(12, 3, 3)),
        new LinearPlan("Hidden", 108, 8) { Expansion = new ExpansionPlan(2, Share: 2) },
        new BatchNormPlan("Norm", 8, Momentum: 0.5),
        new ActivationPlan("HiddenAct", 8, ActivationFunction.Sigmoid),
        new LinearPlan("Logits", 8, 3));

    private static ModelPlan Deep(Outgoing first, Outgoing second, int share) => Plans.Chain(
        8, countBiases: false,
        new LinearPlan("First", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2, Share: share, Outgoing: first) },
        new LinearPlan("Second", 6, 8, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(3, Share: share, Outgoing: second) },
        new LinearPlan("Logits", 8, 4));
}

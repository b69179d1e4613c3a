using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>What the compiler refuses in a declared model is refused in a plan as well, in the same words.</summary>
public sealed class PlanRulesTests
{
    private static readonly ImageShape Image = new(1, 6, 5);

    public static TheoryData<string, Func<LayerPlan>> BrokenLayers => new()
    {
        { "Hidden: the number of neurons must be at least 1, but is 0.", () => new LinearPlan("Hidden", 8, 0) },
        { "Hidden: the number of neurons must be at least 1, but is -2.", () => new LinearPlan("Hidden", 8, -2) },
        { "Hidden: the layer would have 2000000000 outputs, but the maximum is 100000000; make it smaller.", () => new LinearPlan("Hidden", 1, 2_000_000_000) },
        { "Hidden: the number of inputs must be at least 1, but is 0.", () => new LinearPlan("Hidden", 0, 3) },
        { "Hidden: the layer would have 100000001 inputs, but the maximum is 100000000; make it smaller.", () => new LinearPlan("Hidden", 100_000_001, 3) },
        {
            "Hidden: 77 is not a value of ActivationFunction; use ActivationFunction.Identity, ActivationFunction.Relu, ActivationFunction.Gelu, "
            + "ActivationFunction.Tanh, ActivationFunction.Sigmoid, ActivationFunction.Silu, ActivationFunction.Softplus, ActivationFunction.HardSwish or ActivationFunction.LeakyRelu.",
            () => new LinearPlan("Hidden", 8, 3, (ActivationFunction)77)
        },
        { "Hidden: slope -0.1 must be at least 0 and finite.", () => new LinearPlan("Hidden", 8, 3, ElementFunction.LeakyRelu(-0.1)) },
        { "Act: slope NaN must be at least 0 and finite.", () => new ActivationPlan("Act", 8, ElementFunction.LeakyRelu(double.NaN)) },
        { "Drop: dropout rate 2 must be at least 0 and less than 1.", () => new DropoutPlan("Drop", 8, 2.0) },
        { "Drop: dropout rate 1 must be at least 0 and less than 1.", () => new Dropout2dPlan("Drop", Image, 1) },
        { "Drop: dropout rate NaN must be at least 0 and less than 1.", () => new DropoutPlan("Drop", 8, double.NaN) },
        { "Drop: dropout rate -0.5 must be at least 0 and less than 1.", () => new DropoutPlan("Drop", 8, 0.5) with { Rate = -0.5 } },
        { "Drop: the number of inputs must be at least 1, but is -1.", () => new DropoutPlan("Drop", -1, 0.5) },
        { "Edges: the number of filters must be at least 1, but is 0.", () => new Conv2dPlan("Edges", Image, 0, 3) },
        { "Edges: the kernel must be at least 1, but is -3.", () => new Conv2dPlan("Edges", Image, 4, -3) },
        { "Edges: the stride must be at least 1, but is 0.", () => new Conv2dPlan("Edges", Image, 4, 3, Stride: 0) },
        { "Edges: padding 3 must be from 0 to 2; with more, a kernel of 3 would see nothing but zeros at the borders.", () => new Conv2dPlan("Edges", Image, 4, 3, Padding: 3) },
        { "Edges: kernel 9 is larger than its image of 1 × 6 × 5 with a padding of 1; the largest kernel that fits is 7.", () => new Conv2dPlan("Edges", Image, 4, 9, Padding: 1) },
        { "Edges: the number of channels must be at least 1, but is 0.", () => new Conv2dPlan("Edges", default, 4, 3) },
        { "Edges: 2 groups must divide both its 3 channels and its 4 filters.", () => new Conv2dPlan("Edges", new ImageShape(3, 6, 5), 4, Window2d.Square(3), Groups: 2) },
        { "Edges: 3 groups must divide both its 3 channels and its 4 filters.", () => new Conv2dPlan("Edges", new ImageShape(3, 6, 5), 4, Window2d.Square(3), Groups: 3) },
        { "Edges: the number of groups must be at least 1, but is 0.", () => new Conv2dPlan("Edges", Image, 4, Window2d.Square(3), Groups: 0) },
        { "Edges: the dilation must be at least 1, but is 0.", () => new Conv2dPlan("Edges", Image, 4, Window2d.Square(3, dilation: 0)) },
        { "Edges: padding 5 must be from 0 to 4; with more, a kernel of 5 would see nothing but zeros at the borders.", () => new Conv2dPlan("Edges", Image, 4, Window2d.Square(3, padding: 5, dilation: 2)) },
        { "Edges: kernel 3 is larger than its image of 1 × 6 × 5 with a dilation of 3; the largest kernel that fits is 2.", () => new Conv2dPlan("Edges", Image, 4, Window2d.Square(3, dilation: 3)) },
        {
            "Edges: kernel 2 × 7 is larger than its image of 1 × 6 × 5 with a padding of 1 × 0; the largest kernel that fits is 8 × 5.",
            () => new Conv2dPlan("Edges", Image, 4, new Window2d(new WindowSide(2, 1, 1), new WindowSide(7)))
        },
        { "Words: the number of units must be at least 1, but is 0.", () => new Conv1dPlan("Words", 0, 12, 4, 3) },
        { "Words: the number of places must be at least 1, but is 0.", () => new Conv1dPlan("Words", 6, 0, 4, 3) },
        { "Words: the kernel must be at least 1, but is 0.", () => new Conv1dPlan("Words", 6, 12, 4, 0) },
        { "Words: padding 3 must be from 0 to 2; with more, a kernel of 3 would see nothing but zeros at the borders.", () => new Conv1dPlan("Words", 6, 12, 4, 3, Padding: 3) },
        { "Words: kernel 9 is larger than its sequence of 6 × 12 places with a dilation of 2; the largest kernel that fits is 6.", () => new Conv1dPlan("Words", 6, 12, 4, 9, Dilation: 2) },
        { "Words: 4 groups must divide both its 6 units and its 4 filters.", () => new Conv1dPlan("Words", 6, 12, 4, 3, Groups: 4) },
        { "Words: the layer would have 120000000 outputs, but the maximum is 100000000; make it smaller.", () => new Conv1dPlan("Words", 6, 12, 10_000_000, 1) },
        { "Depth: the multiplier must be at least 1, but is 0.", () => new DepthwiseConv2dPlan("Depth", Image, 0, Window2d.Square(3)) },
        {
            "Edges: the layer would have 2250000000 weights, but the maximum is 2147483591; use fewer filters or a smaller kernel.",
            () => new Conv2dPlan("Edges", new ImageShape(5000, 10, 10), 50_000, 3)
        },
        {
            "Edges: an image of 2147483647 × 6 × 5 has 64424509410 values, but the maximum is 2147483647; use fewer filters or a larger stride.",
            () => new Conv2dPlan("Edges", Image, int.MaxValue, 1)
        },
        {
            "Edges: the layer would have 9223372028264841218000000000 weights, but the maximum is 2147483591; use fewer filters or a smaller kernel.",
            () => new Conv2dPlan("Edges", new ImageShape(2_000_000_000, 1, 1), 1, int.MaxValue, Stride: int.MaxValue, Padding: int.MaxValue - 1)
        },
        { "Edges: -1 is not a value of ActivationFunction", () => new Conv2dPlan("Edges", Image, 4, 3, Activation: (ActivationFunction)(-1)) },
        { "Pool: kernel 6 is larger than its image of 1 × 6 × 5; the largest kernel that fits is 5.", () => new MaxPool2dPlan("Pool", Image, 6, 1) },
        { "Pool: the stride must be at least 1, but is 0.", () => new MaxPool2dPlan("Pool", Image, 2, 0) },
        { "Pool: the kernel must be at least 1, but is -1.", () => new AvgPool2dPlan("Pool", Image, -1, 2) },
        { "Pool: padding 2 must be from 0 to 1, half of the kernel, 3.", () => new MaxPool2dPlan("Pool", Image, 3, 2, Padding: 2) },
        { "Pool: padding -1 must be from 0 to 1, half of the kernel, 2.", () => new AvgPool2dPlan("Pool", Image, 2, 2, Padding: -1) },
        { "Pool: kernel 8 is larger than its image of 1 × 6 × 5 with a padding of 1; the largest kernel that fits is 7.", () => new AvgPool2dPlan("Pool", Image, 8, 2, Padding: 1) },
        { "Flat: the number of inputs must be at least 1, but is 0.", () => new FlattenPlan("Flat", default) },
        { "image: the height must be at least 1, but is 0.", () => new FlattenPlan("Flat", new ImageShape(1, 0, 5)) },
        {
            "image: an image of 3 × 40000 × 40000 has 4800000000 values, but the maximum is 2147483647; use fewer channels or a smaller image.",
            () => new FlattenPlan("Flat", new ImageShape(3, 40_000, 40_000))
        },
        { "a layer: its name is empty; give it one.", () => new LinearPlan("", 8, 3) },
        { "a layer: its name is empty; give it one.", () => new LinearPlan("Hidden", 8, 3) with { Name = "" } },
        { "Blocks..Hidden: the name of a layer has nothing before or after the dot at position 6; give it another name.", () => new LinearPlan("Blocks..Hidden", 8, 3) },
        { "Blocks.: the name of a layer has nothing before or after the dot at position 6; give it another name.", () => new LinearPlan("Blocks.", 8, 3) },
        { ".Hidden: the name of a layer has nothing before or after the dot at position 0; give it another name.", () => new LinearPlan(".Hidden", 8, 3) },
        { "Blocks.03.Hidden: the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot contain '0' (U+0030) at position 7; give it another name.", () => new LinearPlan("Blocks.03.Hidden", 8, 3) },
        { "0.Hidden: the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot contain '0' (U+0030) at position 0; give it another name.", () => new LinearPlan("0.Hidden", 8, 3) },
        { "2nd: the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot contain '2' (U+0032) at position 0; give it another name.", () => new DropoutPlan("2nd", 8, 0.5) },
        { "Hid\u200Dden: the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot contain '\u200D' (U+200D) at position 3; give it another name.", () => new LinearPlan("Hid\u200Dden", 8, 3) },
    };

    [Theory]
    [MemberData(nameof(BrokenLayers))]
    public void A_layer_that_cannot_be_is_refused_in_the_compilers_words(string message, Func<LayerPlan> create) =>
        Assert.StartsWith(message, Assert.Throws<PlanException>(create).Message, StringComparison.Ordinal);

    public static TheoryData<string, Func<ModelPlan>> BrokenModels => new()
    {
        { "a model: its name is empty; give it one.", () => new ModelPlan(" ", 8, [new LinearPlan("Logits", 8, 3)]) },
        { "TestNet: the number of inputs must be at least 1, but is 0.", () => new ModelPlan("TestNet", 0, [new LinearPlan("Logits", 8, 3)]) },
        {
            "TestNet.blocks.0.Logits: the name of the layer begins with that of the layer Blocks; rename one of them.",
            () => new ModelPlan("TestNet", 8, [new LinearPlan("Blocks", 8, 4), new LinearPlan("blocks.0.Logits", 4, 3)])
        },
        { "TestNet: there are no layers; add at least one.", () => new ModelPlan("TestNet", 8, []) },
        { "TestNet.Logits: the layer reads 5 values, but gets 6; make them equal.", () => Plans.Chain(8, false, new LinearPlan("Hidden", 8, 6), new LinearPlan("Logits", 5, 3)) },
        {
            "TestNet.hidden: the layer collides with the layer Hidden, since files name both hidden; rename it.",
            () => Plans.Chain(8, false, new LinearPlan("Hidden", 8, 6), new LinearPlan("hidden", 6, 3))
        },
        {
            "TestNet.Hidden: the layer collides with the layer Hidden, since files name both hidden; rename it.",
            () => new ModelPlan("TestNet", 8, [new LinearPlan("Hidden", 8, 6), new DropoutPlan("Hidden", 6, 0.1)])
        },
        { "TestNet.Hidden: factor 0 is below 1; use 1 to keep a layer dense, or at least 2 to expand it.", () => Expanded(new(0)) },
        {
            "TestNet.Edges: factor 3 is larger than its 2 inputs, so a child would have no weights; the largest factor that fits is 2.",
            () => Plans.Chain(16, false, new Conv2dPlan("Edges", new ImageShape(4, 2, 2), 4, Window2d.Square(1), Groups: 2) { Expansion = new(3) }, new LinearPlan("Logits", 16, 3))
        },
        {
            "TestNet.Words: each filter reads a single unit, so the layer cannot be expanded; use factor 1.",
            () => Plans.Chain(16, false, new Conv1dPlan("Words", 4, 4, 4, 2, Padding: 1, Dilation: 2, Groups: 4) { Expansion = new(2) }, new LinearPlan("Logits", 16, 3))
        },
        {
            "TestNet.Edges: each filter reads a single channel, so the layer cannot be expanded; use factor 1.",
            () => Plans.Chain(16, false, new DepthwiseConv2dPlan("Edges", new ImageShape(4, 2, 2), 1, Window2d.Square(1)) { Expansion = new(1, Split.Learned) }, new LinearPlan("Logits", 16, 3))
        },
        {
            "TestNet.Edges: factor 3 is larger than the 2 neurons of a group of Shapes, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 2.",
            () => Groups(new(3, Outgoing: Outgoing.Deal), groups: 2)
        },
        {
            "TestNet.Shapes: the layer reads groups of 2 channels, but neurons 1 and 2 of Edges share a partition (Share = 3), so their children are not adjacent by group; use a Share that divides 2.",
            () => Groups(new(2, Share: 3), groups: 2)
        },
        {
            "TestNet.Shapes: the layer reads groups of 1 channel, but neurons 0 and 1 of Edges share a partition (Share = 2), so their children are not adjacent by group; use Share = 1.",
            () => Groups(new(2, Share: 2), groups: 4)
        },
        {
            "TestNet.Words: the layer reads groups of 3 units, but both children of Edges (factor 2, Outgoing.Prune) and values that are not expanded, which are not as many for each group; give all of them the same factor and Outgoing, or expand none.",
            () => Plans.Chain(
                16, false, new Conv1dPlan("Edges", 4, 4, 2, 1) { Expansion = new(2) }, new ConcatPlan("Both", [8, 16]) { From = ["Edges", ModelPlan.Sample] },
                new Conv1dPlan("Words", 6, 4, 4, 1, Groups: 2), new FlattenPlan("Flat", new ImageShape(4, 1, 4)), new LinearPlan("Logits", 16, 3))
        },
        {
            "TestNet.Words: the layer reads groups of 2 units, but both children of Edges (factor 2, Outgoing.Prune) and children of Other (factor 2, Outgoing.Deal), which are not as many for each group; give all of them the same factor and Outgoing, or expand none.",
            () => Plans.Chain(
                16, false, new Conv1dPlan("Edges", 4, 4, 2, 1) { Expansion = new(2) },
                new Conv1dPlan("Other", 4, 4, 2, 1) { From = [ModelPlan.Sample], Expansion = new(2, Outgoing: Outgoing.Deal) },
                new ConcatPlan("Both", [8, 8]) { From = ["Edges", "Other"] },
                new Conv1dPlan("Words", 4, 4, 4, 1, Groups: 2), new FlattenPlan("Flat", new ImageShape(4, 1, 4)), new LinearPlan("Logits", 16, 3))
        },
        {
            "TestNet.Sum: the layer adds children of Edges (factor 2, Share 3) and children of Shapes (factor 2, Share 3, in groups of 2 neurons), which have different widths or orders; give both the same factor and Share, or expand neither.",
            () => Plans.Chain(
                16, false, new Conv2dPlan("Edges", new ImageShape(4, 2, 2), 4, 1) { Expansion = new(2, Share: 3) },
                new Conv2dPlan("Shapes", new ImageShape(4, 2, 2), 4, Window2d.Square(1), Groups: 2) { From = [ModelPlan.Sample], Expansion = new(2, Share: 3) },
                new AddPlan("Sum", 16) { From = ["Edges", "Shapes"] }, new FlattenPlan("Flat", new ImageShape(4, 2, 2)), new LinearPlan("Logits", 16, 3))
        },
        { "TestNet.Hidden: Share must be at least 1, but is 0.", () => Expanded(new(2, Share: 0)) },
        { "TestNet.Hidden: 9 is not a value of Split; use Split.Random, Split.Clause, Split.Feature or Split.Learned.", () => Expanded(new(2, (Split)9)) },
        { "TestNet.Hidden: 9 is not a value of Outgoing; use Outgoing.Prune or Outgoing.Deal.", () => Expanded(new(2, Outgoing: (Outgoing)9)) },
        {
            "TestNet.Hidden: factor 9 is larger than its 8 inputs, so a child would have no weights; the largest factor that fits is 8.",
            () => Expanded(new(9))
        },
        {
            "TestNet.Hidden: factor 4 is larger than the 3 neurons of Logits, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 3.",
            () => Expanded(new(4, Outgoing: Outgoing.Deal))
        },
        { "TestNet.Hidden: input 8 does not exist; the 8 inputs are numbered 0 to 7.", () => Expanded(new(2, Split.Clause) { Clauses = [[0, 8]] }) },
        {
            "TestNet.Logits: the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1.",
            () => Plans.Chain(8, false, new LinearPlan("Logits", 8, 6) { Expansion = new(2) })
        },
        {
            "TestNet.Hidden: Split.Feature compares all pairs of 46341 inputs, but the maximum is 46340 inputs; use Split.Random.",
            () => Plans.OneHidden(46_341, 4, 3, new(2, Split.Feature))
        },
        {
            "TestNet.Hidden: only a Linear layer can read an expanded layer, but Flat is not one; use factor 1.",
            () => new ModelPlan("TestNet", 8, [new LinearPlan("Hidden", 8, 6) { Expansion = new(2) }, new FlattenPlan("Flat", new(1, 2, 3)), new LinearPlan("Logits", 6, 3)])
        },
        {
            "TestNet.Second: the layer would have 3200000000 weights, but can have 2147483591 at most; use fewer neurons or a smaller factor.",
            () => Plans.Chain(8, false, new LinearPlan("First", 8, 40_000) { Expansion = new(2) }, new LinearPlan("Second", 40_000, 40_000), new LinearPlan("Logits", 40_000, 3))
        },
        {
            "TestNet.Hidden: the layer would have 160000000 children, but the maximum is 100000000; make it smaller.",
            () => Plans.Chain(20, false, new LinearPlan("Hidden", 20, 20_000_000) { Expansion = new(8) }, new LinearPlan("Logits", 20_000_000, 3))
        },
        {
            "TestNet.Hidden: Within = 3 cannot be divided among 2 children; use a multiple of a factor of 2 or more, such as 4.",
            () => Expanded(new(2) { Within = 3 })
        },
        { "TestNet.Hidden: Within = -2 cannot be divided among 2 children", () => Expanded(new(2, Split.Learned) { Within = -2 }) },
        { "TestNet.Hidden: Within = 4 cannot be divided among 1 children", () => Expanded(new(1, Split.Learned) { Within = 4 }) },
        {
            "TestNet.Hidden: Within = 6 does not divide the 8 inputs into whole groups; use a divisor of 8 that is a multiple of 2.",
            () => Expanded(new(2, Split.Learned) { Within = 6 })
        },
        {
            "TestNet.Hidden: Split.Clause has no N:M pattern; leave Within out, or use Split.Random or Split.Learned.",
            () => Expanded(new(2, Split.Clause) { Clauses = [[0, 1], [2, 3]], Within = 4 })
        },
        { "TestNet.Hidden: Split.Feature has no N:M pattern; leave Within out", () => Expanded(new(2, Split.Feature) { Within = 4 }) },
    };

    [Theory]
    [MemberData(nameof(BrokenModels))]
    public void A_model_that_cannot_be_is_refused_in_the_compilers_words(string message, Func<ModelPlan> create) =>
        Assert.StartsWith(message, Assert.Throws<PlanException>(create).Message, StringComparison.Ordinal);

    public static TheoryData<string, Func<ModelPlan>> BrokenLearning => new()
    {
        {
            "TestNet.Second: the layer learns its edges, but First has Split.Random; give all expanded layers Split.Learned, or none.",
            () => Plans.Chain(
                8, false, new LinearPlan("First", 8, 6) { Expansion = new(2) }, new LinearPlan("Second", 6, 4) { Expansion = new(2, Split.Learned) }, new LinearPlan("Logits", 4, 3))
        },
        {
            "TestNet.Hidden: the layer learns its edges, but Last has Split.Feature; give all expanded layers Split.Learned, or none.",
            () => Plans.Chain(
                8, false, new LinearPlan("Hidden", 8, 6) { Expansion = new(2, Split.Learned) }, new LinearPlan("Last", 6, 4) { Expansion = new(2, Split.Feature) }, new LinearPlan("Logits", 4, 3))
        },
        {
            "TestNet.Hidden: Split.Learned learns outgoing edges as well, so Outgoing.Deal does not apply; remove it.",
            () => Expanded(new(2, Split.Learned, Outgoing: Outgoing.Deal))
        },
        {
            "TestNet.Logits: the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1.",
            () => Plans.Chain(8, false, new LinearPlan("Logits", 8, 6) { Expansion = new(2, Split.Learned) })
        },
        {
            "TestNet: a budget is the final size of a model that learns its edges, but no layer has Split.Learned; remove the budget.",
            () => Learned(ExpansionPlan.None, budget: 66)
        },
        {
            "TestNet: a budget is the final size of a model that learns its edges, but no layer has Split.Learned; remove the budget.",
            () => Learned(new(2), budget: 66)
        },
        {
            "TestNet: a budget of 8 weights is below 9, since pruning leaves every layer one weight per neuron of the dense parent, or the weights of its pattern; "
            + "raise the budget, or use fewer neurons.",
            () => Learned(new(2, Split.Learned), budget: 8)
        },
        { "TestNet: a budget of 8 weights is below 9,", () => Learned(new(2, Split.Learned), budget: 23, countBiases: true) },
        { "TestNet: a budget of -15 weights is below 9,", () => Learned(new(2, Split.Learned), budget: 0, countBiases: true) },
        { "TestNet: a budget of 50 weights is below 51,", () => Learned(new(2, Split.Learned) { Within = 4 }, budget: 50) },
        {
            "TestNet: a budget of 133 weights exceeds the maximum after pruning, 132; lower it.",
            () => Learned(new(2, Split.Learned), budget: 133)
        },
        {
            "TestNet: a budget of 85 weights exceeds the maximum after pruning, 84; lower it.",
            () => Learned(new(2, Split.Learned) { Within = 4 }, budget: 85)
        },
        {
            "TestNet: a budget of 132 weights keeps all weights, so nothing is learned; lower it, raise a factor, or use another split.",
            () => Learned(new(2, Split.Learned), budget: 132)
        },
        { "TestNet: a budget of 66 weights keeps all weights,", () => Learned(new(1, Split.Learned), budget: null) },
        {
            "TestNet.Second: the layer would have 2250000000 weights, but can have 2147483591 at most; use fewer neurons or a smaller factor.",
            () => Plans.Chain(
                8, false, new LinearPlan("First", 8, 10_000) { Expansion = new(3, Split.Learned) }, new LinearPlan("Second", 10_000, 15_000) { Expansion = new(5, Split.Learned) },
                new LinearPlan("Logits", 15_000, 3))
        },
    };

    /// <summary>8 → 6 × 2 → 3: floors of 6 and 3; 96 and 36 edges, of which a pattern leaves 48 and 36.</summary>
    [Theory]
    [MemberData(nameof(BrokenLearning))]
    public void A_model_that_cannot_learn_its_edges_is_refused(string message, Func<ModelPlan> create) =>
        Assert.StartsWith(message, Assert.Throws<PlanException>(create).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(2, 0, 9L, false, 9)]
    [InlineData(2, 0, 131L, false, 131)]
    [InlineData(2, 0, null, false, 66)]
    [InlineData(2, 0, null, true, 60)]
    [InlineData(2, 0, 24L, true, 9)]
    [InlineData(2, 4, 51L, false, 51)]
    [InlineData(2, 4, 84L, false, 84)]
    [InlineData(20, 0, 30L, false, 30)]
    [InlineData(1, 0, 65L, false, 65)]
    public void A_model_that_learns_its_edges_ends_with_its_budget(int factor, int within, long? budget, bool countBiases, long weights)
    {
        ModelPlan plan = Learned(new(factor, Split.Learned) { Within = within }, budget, countBiases);
        Assert.True(plan.LearnsEdges);
        Assert.True(plan.IsExpanded);
        Assert.Equal((66, weights), (plan.DenseWeights, plan.ExpandedWeights));
        Assert.Equal((8 + 3) * 6 * factor, plan.WeightsBeforePruning);
        Assert.Equal(plan.WeightsBeforePruning - weights, plan.PrunedWeights);
    }

    [Theory]
    [InlineData("class")]
    [InlineData("_1")]
    [InlineData("Größe")]
    [InlineData("É\u0301")]
    [InlineData("ß")]
    public void Every_identifier_is_a_name(string name)
    {
        using var model = new PlannedModel(Plans.Chain(8, false, new LinearPlan(name, 8, 6), new LinearPlan("Logits", 6, 3)));
        Assert.Equal(char.ToLowerInvariant(name[0]) + name[1..] + ".weight", model.Parameters.First().Name);
    }

    [Fact]
    public void A_plan_keeps_the_layers_that_were_checked()
    {
        var layers = new List<LayerPlan> { new LinearPlan("Logits", 8, 3) };
        var plan = new ModelPlan("TestNet", 8, layers);
        layers.Add(new LinearPlan("logits", 7, 3));
        Assert.Single(plan.Layers);
    }

    private static ModelPlan Learned(ExpansionPlan expansion, long? budget, bool countBiases = false) =>
        new("TestNet", 8, [new LinearPlan("Hidden", 8, 6) { Expansion = expansion }, new LinearPlan("Logits", 6, 3)], countBiases, budget);

    private static ModelPlan Expanded(ExpansionPlan expansion) => Plans.OneHidden(8, 6, 3, expansion);

    /// <summary>A convolution in groups that reads the children of 4 filters.</summary>
    private static ModelPlan Groups(ExpansionPlan expansion, int groups) => Plans.Chain(
        16, false, new Conv2dPlan("Edges", new ImageShape(4, 2, 2), 4, 1) { Expansion = expansion },
        new Conv2dPlan("Shapes", new ImageShape(4, 2, 2), 4, Window2d.Square(1), groups), new FlattenPlan("Flat", new ImageShape(4, 2, 2)), new LinearPlan("Logits", 16, 3));
}
